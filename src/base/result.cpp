#include "base/result.hpp"

#include <fmt/format.h>

namespace icmap {
namespace {
bool ends_a_sentence(const std::string& text) {
    return text.back() == '.' || text.back() == '?' || text.back() == '!';
}

/// A list that ends with its own line: what follows begins the next.
bool ends_a_line(const std::string& text) {
    return text.back() == '\n';
}
} // namespace

std::string Error::message() const {
    std::string text;
    if (!file.empty()) {
        text += line > 0 ? fmt::format("{}:{}: ", file, line) : fmt::format("{}: ", file);
    }
    text += what;
    if (!field.empty() && !value.empty()) {
        text += fmt::format(" (field \"{}\", value \"{}\")", field, value);
    } else if (!field.empty()) {
        text += fmt::format(" (field \"{}\")", field);
    } else if (!value.empty()) {
        text += fmt::format(" (value \"{}\")", value);
    }
    if (!text.empty() && !ends_a_sentence(text) && !ends_a_line(text)) {
        text += '.';
    }
    if (!remedy.empty()) {
        text += !text.empty() && ends_a_line(text) ? "  " : " ";
        text += remedy;
        if (!ends_a_sentence(remedy)) {
            text += '.';
        }
    }
    return text;
}

namespace {
tl::unexpected<Error> plain_error(ErrorKind kind, std::string what, std::string remedy) {
    Error error;
    error.kind = kind;
    error.what = std::move(what);
    error.remedy = std::move(remedy);
    return tl::unexpected(std::move(error));
}
} // namespace

tl::unexpected<Error> input_error(std::string what, std::string remedy) {
    return plain_error(ErrorKind::input, std::move(what), std::move(remedy));
}

tl::unexpected<Error> usage_error(std::string what, std::string remedy) {
    return plain_error(ErrorKind::usage, std::move(what), std::move(remedy));
}

tl::unexpected<Error> internal_error(std::string what, std::string remedy) {
    return plain_error(ErrorKind::internal, std::move(what), std::move(remedy));
}

int exit_code(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::input:
        return 1;
    case ErrorKind::usage:
        return 2;
    case ErrorKind::internal:
    case ErrorKind::stopped:
        return 3;
    }
    return 3;
}

} // namespace icmap
