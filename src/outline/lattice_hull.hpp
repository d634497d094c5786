#pragma once

#include "outline/lattice_triangulation.hpp"

#include <span>
#include <vector>

namespace icmap::outline {

/// The concave hull of the centres of some cells: triangles are taken away from the border of their
/// triangulation, the longest edge first, while that edge is longer than `ratio` of the way from
/// the shortest edge to the longest and no corner comes loose.
///
/// \param cells distinct, ascending, not empty, spanning at most kMostLatticeSpan either way
/// \param ratio 0 (tightest) to 1 (the convex hull)
/// \returns the corners, anticlockwise, none on the line between its neighbours; one cell, or the
///          two ends, where all are on one line. Ties go by the triangle's number: the same cells
///          give the same hull.
/// \complexity O(n log n) beside the triangulation
/// \source Duckham et al. 2008, as in JTS and GEOS 3.11 (there with another choice among diagonals)
[[nodiscard]] std::vector<Cell> concave_hull(std::span<const Cell> cells, double ratio);

} // namespace icmap::outline
