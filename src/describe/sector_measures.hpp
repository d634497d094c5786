#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

namespace icmap::describe {

/// Fills sector_measure: how each sector's sites are spread over local authorities, by sector_id.
/// Reads sector, firm_sector, site and site_area.
/// \errors input: DuckDB's message
[[nodiscard]] Result<void> write_sector_measures(store::Connection& connection);

} // namespace icmap::describe
