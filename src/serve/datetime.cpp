#include "serve/datetime.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace icmap::serve {
namespace {

bool fits(std::string_view text, std::string_view shape) {
    return text.size() == shape.size() &&
           std::equal(text.begin(), text.end(), shape.begin(), [](char c, char wanted) {
               return wanted == '9' ? c >= '0' && c <= '9' : c == wanted;
           });
}

int two_digits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool is_time(std::string_view text) {
    if (text.size() < 10 || (text[0] != 'T' && text[0] != 't') ||
        !fits(text.substr(1, 8), "99:99:99")) {
        return false;
    }
    if (two_digits(text, 1) > 23 || two_digits(text, 4) > 59 || two_digits(text, 7) > 60) {
        return false;
    }
    std::string_view rest = text.substr(9);
    if (rest.front() == '.') {
        rest.remove_prefix(1);
        const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (digits == 0) {
            return false;
        }
        rest.remove_prefix(digits);
    }
    return rest == "Z" || rest == "z" || fits(rest, "+99:99") || fits(rest, "-99:99");
}

/// The date of an instant, "" for an open end, nothing for neither.
std::optional<std::string> instant(std::string_view text) {
    if (text.empty() || text == "..") {
        return std::string();
    }
    const std::string_view date = text.substr(0, 10);
    if (is_date(date) && (text.size() == 10 || is_time(text.substr(10)))) {
        return std::string(date);
    }
    return std::nullopt;
}

} // namespace

bool is_date(std::string_view text) {
    if (!fits(text, "9999-99-99")) {
        return false;
    }
    const int year = two_digits(text, 0) * 100 + two_digits(text, 2);
    const int month = two_digits(text, 5);
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return false;
    }
    const int days = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
    return two_digits(text, 8) >= 1 && two_digits(text, 8) <= days;
}

Checked<DateSpan> parse_datetime(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto first = instant(text.substr(0, slash));
    const auto last = slash == std::string_view::npos ? first : instant(text.substr(slash + 1));
    const bool is_instant_open = slash == std::string_view::npos && first && first->empty();
    if (!first || !last || is_instant_open ||
        (!first->empty() && !last->empty() && *last < *first)) {
        return bad_request(
            "datetime is neither an instant nor an interval", "datetime", std::string(text),
            "Send 2024-11-01T00:00:00Z, or 2020-01-01/2024-12-31, with .. for an open end");
    }
    return DateSpan{*first, *last};
}

} // namespace icmap::serve
