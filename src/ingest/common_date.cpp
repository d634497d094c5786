#include "ingest/common_date.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace icmap::ingest {
namespace {

/// The number that the digits of the text are; nothing where one is no digit.
std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto* end = digits.data() + digits.size();
    const bool starts_right = !digits.empty() && digits[0] >= '0' && digits[0] <= '9';
    const auto [last, failure] = std::from_chars(digits.data(), end, value);
    return starts_right && failure == std::errc{} && last == end ? std::optional(value)
                                                                 : std::nullopt;
}

std::optional<std::int32_t> day_of(std::optional<int> year, std::optional<int> month,
                                   std::optional<int> day) {
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch().count();
}

bool is_same_word(std::string_view text, std::string_view lower) {
    if (text.size() != lower.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
        if (c != lower[i]) {
            return false;
        }
    }
    return true;
}

std::optional<int> month_named(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (is_same_word(name, kMonths[i]) || is_same_word(name, kMonths[i].substr(0, 3))) {
            return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

/// "31 January 2024"
std::optional<std::int32_t> spelt_out(std::string_view text) {
    const std::size_t first = text.find(' ');
    if (first != 1 && first != 2) {
        return std::nullopt;
    }
    const std::size_t second = text.find(' ', first + 1);
    if (second == std::string_view::npos || text.size() != second + 5) {
        return std::nullopt;
    }
    return day_of(number(text.substr(second + 1)),
                  month_named(text.substr(first + 1, second - first - 1)),
                  number(text.substr(0, first)));
}

/// "31.3.24": two-digit years from 69 on are of the last century.
std::optional<std::int32_t> dotted(std::string_view text) {
    const std::size_t first = text.find('.');
    if (first != 1 && first != 2) {
        return std::nullopt;
    }
    const std::size_t second = text.find('.', first + 1);
    if (second == std::string_view::npos || second < first + 2 || second > first + 3 ||
        text.size() != second + 3) {
        return std::nullopt;
    }
    const auto year = number(text.substr(second + 1));
    return day_of(year ? std::optional(*year + (*year < 69 ? 2000 : 1900)) : std::nullopt,
                  number(text.substr(first + 1, second - first - 1)),
                  number(text.substr(0, first)));
}

} // namespace

std::optional<std::int32_t> common_date(std::string_view text) {
    const bool ends_at_ten =
        text.size() == 10 || (text.size() > 10 && (text[10] == 'T' || text[10] == ' '));
    if (ends_at_ten && text[4] == '-' && text[7] == '-') {
        return day_of(number(text.substr(0, 4)), number(text.substr(5, 2)),
                      number(text.substr(8, 2)));
    }
    if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
        return day_of(number(text.substr(6, 4)), number(text.substr(3, 2)),
                      number(text.substr(0, 2)));
    }
    const auto dots = dotted(text);
    return dots ? dots : spelt_out(text);
}

} // namespace icmap::ingest
