#pragma once

#include "base/units.hpp"
#include "geo/banded_edges.hpp"

#include <optional>
#include <span>

namespace icmap::geo {

/// The centre of the largest circle inside some polygons, by cells that are cut in four while a
/// better place may be in them.
/// \param edges of the polygons' borders; parts do not overlap
/// \param precision_m how much larger a circle elsewhere may be, > 0
/// \returns nothing where the polygons have no inside, or lie within a thousandth of their length
/// \complexity O(edges) a cell, some hundred cells
/// \source Agafonkin 2016, polylabel
[[nodiscard]] std::optional<PlaneXY> inscribed_centre(std::span<const Edge> edges,
                                                      double precision_m);

} // namespace icmap::geo
