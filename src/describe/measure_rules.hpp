#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

namespace icmap::describe {

/// Fills describe_rule from reference/measures.toml: of each measure whether more is good news
/// (up | down | none), which decides if and how it is ranked.
/// \errors internal: the built-in definitions cannot be read
[[nodiscard]] Result<void> write_measure_rules(store::Connection& connection);

} // namespace icmap::describe
