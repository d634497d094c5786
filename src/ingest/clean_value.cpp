#include "ingest/clean_value.hpp"

#include "ingest/common_date.hpp"
#include "ingest/sic_codes.hpp"
#include "store/functions.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace icmap::ingest {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

bool is_same_word(std::string_view text, std::string_view capitals) {
    return std::equal(text.begin(), text.end(), capitals.begin(), capitals.end(),
                      [](char a, char b) { return upper(a) == b; });
}

/// \param out the outward part, "S10"
bool is_district(std::string_view out) {
    const std::size_t letters = out.size() > 1 && is_capital(out[1]) ? 2 : 1;
    if (out.size() <= letters || !is_capital(out[0]) || !is_digit(out[letters])) {
        return false;
    }
    return out.size() == letters + 1 ||
           (out.size() == letters + 2 && (is_digit(out.back()) || is_capital(out.back())));
}

bool is_inward(std::string_view in) {
    return is_digit(in[0]) && is_capital(in[1]) && is_capital(in[2]);
}

constexpr std::size_t kInward = 3; ///< letters of the inward part
constexpr std::size_t kSicDigits = 5;

} // namespace

std::string_view clean_text(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view clean_token(std::string_view text) {
    constexpr std::array<std::string_view, 13> kNothings{
        "NA", "N/A",           "#N/A",    "NULL", "NONE", "-", "--", "NONE SUPPLIED",
        "..", "NOT AVAILABLE", "UNKNOWN", "*",    ":"};
    text = clean_text(text);
    // Each of them begins so, and numbers, codes and dates seldom do.
    const char first = text.empty() ? '0' : upper(text[0]);
    if (is_digit(first)) {
        return text;
    }
    const bool is_nothing =
        std::any_of(kNothings.begin(), kNothings.end(), [&](std::string_view nothing) {
            return nothing[0] == first && is_same_word(text, nothing);
        });
    return is_nothing ? std::string_view() : text;
}

bool postcode_of(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c != ' ') {
            out += upper(c);
        }
    }
    if (out.size() <= kInward) {
        return false;
    }
    const std::size_t outward = out.size() - kInward;
    const std::string_view compact = out;
    const std::string_view district = compact.substr(0, outward);
    if (!is_inward(compact.substr(outward)) ||
        !(is_district(district) || district == "NPT" || district == "GIR")) {
        return false;
    }
    out.insert(outward, 1, ' ');
    return true;
}

bool common_company_number(std::string_view text, std::string& out) {
    constexpr std::size_t kDigits = 8;
    bool is_all_digits = true;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 128) {
            return false;
        }
        is_all_digits = is_all_digits && is_digit(c);
    }
    if (is_all_digits && !text.empty() && text.size() < kDigits) {
        out.assign(kDigits - text.size(), '0');
        out += text;
        return true;
    }
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), upper);
    return true;
}

bool common_integer(std::string_view text, std::int32_t& number) {
    constexpr std::size_t kMostDigits = 9;
    const bool is_negative = !text.empty() && text[0] == '-';
    const std::string_view digits = text.substr(is_negative ? 1 : 0);
    if (digits.empty() || digits.size() > kMostDigits) {
        return false;
    }
    std::int32_t value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) {
            return false;
        }
        value = 10 * value + (c - '0');
    }
    number = is_negative ? -value : value;
    return true;
}

bool common_number(std::string_view text, double& number) {
    constexpr std::size_t kMostDigits = 15;
    const std::string_view positive = text.substr(!text.empty() && text[0] == '-' ? 1 : 0);
    std::size_t points = 0;
    for (const char c : positive) {
        points += c == '.' ? 1U : 0U;
        if (!is_digit(c) && c != '.') {
            return false;
        }
    }
    if (points > 1 || positive.size() > kMostDigits + points || positive.empty() ||
        !is_digit(positive.front()) || !is_digit(positive.back())) {
        return false;
    }
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc{} && end == text.data() + text.size();
}

std::string_view sic_of(std::string_view text) {
    const auto is_space = [](char c) { return is_blank(c) ? c != '\0' : c == '\f'; };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    if (text.size() < kSicDigits ||
        !std::all_of(text.begin(), text.begin() + kSicDigits, is_digit)) {
        return {};
    }
    if (text.size() > kSicDigits && text[kSicDigits] != '-' && !is_space(text[kSicDigits])) {
        return {};
    }
    const std::string_view digits = text.substr(0, kSicDigits);
    return is_sic_2007(digits) ? digits : std::string_view();
}

bool sic_list_of(std::span<const std::string_view> texts, std::vector<std::string_view>& codes) {
    for (const std::string_view text : texts) {
        if (const std::string_view code = sic_of(text); !code.empty()) {
            codes.push_back(code);
        }
    }
    return !codes.empty();
}

bool unknown_sic_of(std::span<const std::string_view> texts, std::string_view& item) {
    for (const std::string_view text : texts) {
        if (!text.empty() && sic_of(text).empty() && !clean_token(text).empty()) {
            item = text;
            return true;
        }
    }
    return false;
}

bool clean_list(std::span<const std::string_view> texts, std::vector<std::string_view>& clean) {
    for (const std::string_view text : texts) {
        if (const std::string_view item = clean_text(text); !item.empty()) {
            clean.push_back(item);
        }
    }
    return !clean.empty();
}

Result<void> register_functions(store::Connection& connection) {
    const auto cleaned = [](std::string_view (*clean)(std::string_view)) {
        return [clean](std::string_view text, std::string_view& out) {
            out = clean(text);
            return !out.empty();
        };
    };
    ICMAP_TRY(check_sic_codes());
    ICMAP_TRY(store::register_part_function(connection, "clean_text", cleaned(clean_text)));
    ICMAP_TRY(store::register_part_function(connection, "clean_token", cleaned(clean_token)));
    ICMAP_TRY(store::register_part_function(connection, "sic_of", cleaned(sic_of)));
    ICMAP_TRY(store::register_text_function(connection, "postcode_of", postcode_of));
    ICMAP_TRY(
        store::register_text_function(connection, "common_company_number", common_company_number));
    ICMAP_TRY(store::register_integer_function(connection, "common_integer", common_integer));
    ICMAP_TRY(store::register_number_function(connection, "common_number", common_number));
    ICMAP_TRY(store::register_list_function(connection, "sic_list_of", sic_list_of));
    ICMAP_TRY(store::register_list_function(connection, "clean_list", clean_list));
    ICMAP_TRY(store::register_list_part_function(connection, "unknown_sic_of", unknown_sic_of));
    return store::register_date_function(connection, "common_date",
                                         [](std::string_view text, std::int32_t& day) {
                                             const auto found = common_date(text);
                                             day = found.value_or(0);
                                             return found.has_value();
                                         });
}

} // namespace icmap::ingest
