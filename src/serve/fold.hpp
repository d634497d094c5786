#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// A text as search compares it: lower case, accents dropped, apostrophes dropped, "&" as "and",
/// whatever else is no letter or digit a single space; none at either end.
[[nodiscard]] std::string fold(std::string_view text);

/// The words of a folded text.
[[nodiscard]] std::vector<std::string_view> words(std::string_view folded);

} // namespace icmap::serve
