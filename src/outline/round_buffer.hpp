#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <optional>
#include <span>

namespace icmap::outline {

/// The outer border of all places within `distance` of a polygon: each edge is moved outwards, arcs
/// of chords join them, and of the curve that this makes the outermost part is followed.
///
/// \param corners of a simple polygon, anticlockwise, none twice and none on the line between its
///        neighbours; one corner is a point, two are a line
/// \param distance > 0
/// \param quadrant_segments chords a quarter circle; the chords run inside the arc
/// \returns a closed anticlockwise ring; nothing where rounding might decide how the curve meets
///          itself (use geo::buffer there)
/// \complexity O(n log n) where few moved edges lie beside each other
[[nodiscard]] std::optional<geo::Ring> round_buffer(std::span<const PlaneXY> corners,
                                                    Metres distance, int quadrant_segments);

/// The border of a disc, closed, clockwise from the east: to the bit what geo::buffer draws around
/// a point, in the order that it draws it.
[[nodiscard]] geo::Ring disc(PlaneXY centre, Metres radius, int quadrant_segments);

} // namespace icmap::outline
