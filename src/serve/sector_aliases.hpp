#pragma once

#include "base/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace icmap::serve {

/// Everyday words for sectors, by slug: reference/sector-aliases.toml.
[[nodiscard]] Result<std::map<std::string, std::vector<std::string>>> sector_aliases();

} // namespace icmap::serve
