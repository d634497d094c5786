#pragma once

#include "base/units.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace icmap::geo {

/// The box around places; of no place, a box whose min is above its max.
/// \complexity O(n)
[[nodiscard]] inline Box bounds_of(std::span<const PlaneXY> places) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Box box{kInfinity, kInfinity, -kInfinity, -kInfinity};
    for (const PlaneXY& place : places) {
        box = {std::min(box.min_x, place.x_m), std::min(box.min_y, place.y_m),
               std::max(box.max_x, place.x_m), std::max(box.max_y, place.y_m)};
    }
    return box;
}

} // namespace icmap::geo
