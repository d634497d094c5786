#pragma once

#include "base/result.hpp"
#include "describe/ground.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

namespace icmap::describe {

/// Fills sector_measure: how each sector's sites are spread over local authorities, by sector_id.
/// \errors input: DuckDB's message
[[nodiscard]] Result<void> write_sector_measures(store::Connection& connection,
                                                 const RegisterColumns& all, const Ground& ground);

} // namespace icmap::describe
