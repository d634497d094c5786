#include "base/program_name.hpp"

namespace icmap {
namespace {

std::string& kept_name() {
    static std::string name = "icmap";
    return name;
}

} // namespace

const std::string& program_name() {
    return kept_name();
}

void set_program_name(std::string_view called) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%";
    if (called.empty()) {
        return;
    }
    if (called.find_first_not_of(kPlain) == std::string_view::npos) {
        kept_name() = called;
        return;
    }
    std::string quoted = "'";
    for (const char c : called) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    kept_name() = quoted + "'";
}

} // namespace icmap
