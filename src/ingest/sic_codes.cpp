#include "ingest/sic_codes.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <string>

namespace icmap::ingest {
namespace {

constexpr std::size_t kSicDigits = 5;
using Codes = std::bitset<100'000>;

std::optional<std::size_t> number_of(std::string_view digits) {
    std::size_t number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [last, failure] = std::from_chars(digits.data(), end, number);
    return digits.size() == kSicDigits && failure == std::errc{} && last == end
               ? std::optional(number)
               : std::nullopt;
}

Result<void> add(Codes& codes, std::string_view digits) {
    const auto number = number_of(digits);
    if (!number) {
        return internal_error(fmt::format("reference/sic_2007.toml: {} is no code", digits));
    }
    codes.set(*number);
    constexpr std::size_t kSubclasses = 10;
    codes.set(*number - *number % kSubclasses); // the class
    return {};
}

Result<Codes> read_codes() {
    const auto text = base::find_text(reference::texts(), "sic_2007.toml");
    if (!text) {
        return internal_error("reference/sic_2007.toml is missing");
    }
    ICMAP_ASSIGN(const toml::Table table, toml::parse(*text, "sic_2007.toml"));
    Codes codes;
    if (const toml::Table* divisions = table["codes"].as_table()) {
        for (const auto& [division, node] : divisions->entries()) {
            const std::string listed = node.value_or(std::string());
            std::string_view rest = listed;
            while (!rest.empty()) {
                const std::size_t blank = std::min(rest.find(' '), rest.size());
                ICMAP_TRY(add(codes, division + std::string(rest.substr(0, blank))));
                rest.remove_prefix(std::min(blank + 1, rest.size()));
            }
        }
    }
    if (const toml::Table* own = table["companies_house"].as_table()) {
        for (const auto& [code, name] : own->entries()) {
            ICMAP_TRY(add(codes, code));
        }
    }
    return codes;
}

const Result<Codes>& codes() {
    static const Result<Codes> all = read_codes();
    return all;
}

} // namespace

bool is_sic_2007(std::string_view digits) {
    static const Codes all = codes().value_or(Codes{});
    const auto number = number_of(digits);
    return number && all.test(*number);
}

Result<void> check_sic_codes() {
    if (!codes()) {
        return tl::unexpected(codes().error());
    }
    return {};
}

} // namespace icmap::ingest
