#pragma once

#include "serve/problem.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::serve {

/// The path and query of a request, decoded.
struct Target {
    std::string path;                  ///< decoded, as the client sees it, without the query
    std::vector<std::string> segments; ///< between the slashes, decoded; "/" has none
    std::vector<std::pair<std::string, std::string>> query; ///< in order, decoded
};

/// Decodes a request target in origin form (`/path?query`) or absolute form (`http://host/path`,
/// whose path may be left out), which every server has to take (RFC 9112, 3.2.2).
///
/// Refused, so that no later stage meets them: targets of other forms, broken
/// percent escapes, control characters and NUL, bytes that are no UTF-8, segments "." and "..",
/// encoded slashes and backslashes.
/// \errors 400 with what is wrong; 414 beyond 8192 bytes
[[nodiscard]] Checked<Target> parse_target(std::string_view target);

/// Encodes a text for use in a query or as a path segment.
[[nodiscard]] std::string percent_encode(std::string_view text);

} // namespace icmap::serve
