#pragma once

#include "cluster/grid.hpp"

#include <algorithm>

namespace icmap::cluster {

/// Squared distance, the one formula that all decisions rest on.
[[nodiscard]] inline double distance2(double ax, double ay, double bx, double by) {
    const double dx = ax - bx;
    const double dy = ay - by;
    return dx * dx + dy * dy;
}

/// Squared distance of a point to a box, 0 inside. Never more than `distance2` to any point of the
/// box: the edges are coordinates of points and rounding is monotone.
[[nodiscard]] inline double least_distance2(double x, double y, const CellBox& box) {
    const double dx = std::max(std::max(box.min_x - x, x - box.max_x), 0.0);
    const double dy = std::max(std::max(box.min_y - y, y - box.max_y), 0.0);
    return dx * dx + dy * dy;
}

/// Squared distance of a point to the far corner of a box, never less than `distance2` to any
/// point of the box.
[[nodiscard]] inline double most_distance2(double x, double y, const CellBox& box) {
    const double dx = std::max(x - box.min_x, box.max_x - x);
    const double dy = std::max(y - box.min_y, box.max_y - y);
    return dx * dx + dy * dy;
}

/// Squared distance between two boxes.
[[nodiscard]] inline double least_distance2(const CellBox& a, const CellBox& b) {
    const double dx = std::max(std::max(b.min_x - a.max_x, a.min_x - b.max_x), 0.0);
    const double dy = std::max(std::max(b.min_y - a.max_y, a.min_y - b.max_y), 0.0);
    return dx * dx + dy * dy;
}

} // namespace icmap::cluster
