#pragma once

#include "serve/message.hpp"

#include <string>
#include <string_view>

namespace icmap::serve {

/// A CSV field (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe;
/// a number, negative or not, is no formula.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The shortest text that reads back as the number; empty where it is not finite.
[[nodiscard]] std::string csv_number(double value);

/// An answer that browsers save under a name.
[[nodiscard]] Response as_file(std::string content_type, std::string body, std::string_view name);

} // namespace icmap::serve
