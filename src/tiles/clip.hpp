#pragma once

#include "base/units.hpp"
#include "tiles/encode.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::tiles {

/// A position in a tile before it is quantised: steps from the north-west corner, y downwards.
struct TilePoint {
    double x = 0.0;
    double y = 0.0;
    friend bool operator==(const TilePoint&, const TilePoint&) = default;
};

/// The part of a ring inside the box (Sutherland and Hodgman 1974): where the ring leaves the box
/// and comes back, the result runs along the box's side. The first position is not repeated in
/// either. Empty where nothing is inside.
[[nodiscard]] std::vector<TilePoint> clip_ring(std::span<const TilePoint> ring, const Box& box);

/// The parts of a line inside the box (Liang and Barsky 1984), in order.
[[nodiscard]] std::vector<std::vector<TilePoint>> clip_line(std::span<const TilePoint> line,
                                                            const Box& box);

/// Whole steps, the nearest; positions that repeat the one before are dropped.
/// \param is_ring drop a last position that repeats the first, too
[[nodiscard]] std::vector<TileXY> quantised(std::span<const TilePoint> points, bool is_ring);

/// Twice the area; positive if the ring runs clockwise on the screen, as a shell does in a tile.
[[nodiscard]] std::int64_t twice_signed_area(std::span<const TileXY> ring);

} // namespace icmap::tiles
