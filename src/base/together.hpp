#pragma once

#include "base/result.hpp"

#include <string>
#include <vector>

namespace icmap {

/// Several errors as one: `what`, then each on a line of its own. One alone is itself.
[[nodiscard]] Error together(std::string what, const std::vector<Error>& errors);

} // namespace icmap
