#pragma once

#include <string>
#include <string_view>

namespace icmap::names {

/// A name as part of an address: ASCII letters in lower case and digits; an apostrophe vanishes,
/// anything else between words becomes one hyphen. Empty where nothing is left. \complexity linear
[[nodiscard]] std::string slugify(std::string_view name);

} // namespace icmap::names
