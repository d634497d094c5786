#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "store/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

// The parts of locating that are geometry, not relations; for this folder alone.
namespace icmap::locate {

/// Reads `query` (id, lon, lat; by id), projects the positions and appends (id, x, y) to the
/// temporary table `target`; x and y are null where there is no image.
/// \returns the projected positions, in the order of the query
[[nodiscard]] Result<std::vector<PlaneXY>> project_positions(store::Connection& connection,
                                                             const geo::Projection& projection,
                                                             std::string_view query,
                                                             const std::string& target);

} // namespace icmap::locate
