#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>

namespace icmap::locate {

/// Mends the areas of the temporary table area_claim and writes `area`, with a place for each
/// label; what had to be mended, or could not be read, goes to `reject`. Then says in which area of
/// each level every position lies: appends to the temporary table position_area.
///
/// A position in no area of a level is given to the nearest within `tolerance` where the level
/// covers the whole map (at least 95 % of what the widest level covers: then the position is off a
/// generalised coast), or where the position is in no area of any level. Of a level that covers a
/// part of the country, a position inland is not dragged into its neighbour.
/// \param plane the projected positions by position_id; those without an image get no area
/// \returns how many positions lie off every area and were given to the nearest
[[nodiscard]] Result<std::uint64_t> write_areas(store::Connection& connection,
                                                const geo::Projection& projection,
                                                std::span<const PlaneXY> plane, Metres tolerance);

/// Dissolves staging.coastline_record into the one row of `land`; no row where there is none.
[[nodiscard]] Result<void> write_land(store::Connection& connection);

} // namespace icmap::locate
