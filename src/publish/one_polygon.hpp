#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"

namespace icmap::publish {

/// Half the width of the strips that join parts.
inline constexpr Metres kHalfStrip{25.0};

/// An outline as one polygon, for readers who know no outline of several parts: parts that water
/// separates are joined where they lie closest, by strips along the shortest lines.
/// \param lon_lat polygons, in degrees
/// \returns the very outline where it is of one part
/// \complexity quadratic in the number of parts
[[nodiscard]] Result<geo::Geometry> one_polygon(const geo::Geometry& lon_lat);

} // namespace icmap::publish
