#pragma once

#include "ingest/columns.hpp"
#include "ingest/record_sql.hpp"
#include "store/connection.hpp"

namespace icmap::ingest {

/// Makes ingest_side, row for row beside ingest_typed, with what SQL cannot compute: lon_deg and
/// lat_deg from x_m and y_m of another CRS; geometry as valid WKB, and in "geometry ?" what was
/// wrong with it. Does nothing where neither is needed.
/// \param projected_crs of x_m and y_m, and of geometries given as text
/// \errors input: the CRS is not known or not planar
[[nodiscard]] Result<void> make_side_columns(store::Connection& connection, const RecordSql& sql,
                                             const std::string& projected_crs);

} // namespace icmap::ingest
