#pragma once

#include <string_view>

namespace icmap {

/// True if the text is well-formed UTF-8: nothing written longer than needed, no surrogate, nothing
/// above U+10FFFF. \complexity linear
/// \source RFC 3629, section 4
[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace icmap
