#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// The kinds of evidence that are kept and shown but do not make a firm RD&I-active
/// (`counts = false`).
/// \param rules TOML as reference/evidence.toml, which is meant when empty
/// \errors input: not TOML, with the line
[[nodiscard]] Result<std::vector<std::string>> uncounted_kinds(std::string_view rules);

} // namespace icmap::describe
