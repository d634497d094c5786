#pragma once

#include "serve/problem.hpp"

#include <string>
#include <string_view>

namespace icmap::serve {

/// A span of days; an empty end is open.
struct DateSpan {
    std::string first, last; ///< ISO dates
};

/// The parameter `datetime` of OGC API: an instant or two with a slash between, RFC 3339 date-times
/// or dates, ".." or nothing for an open end. Times of day are cut off.
/// \errors 400
[[nodiscard]] Checked<DateSpan> parse_datetime(std::string_view text);

/// True for a day of the calendar, as 2024-02-29.
[[nodiscard]] bool is_date(std::string_view text);

} // namespace icmap::serve
