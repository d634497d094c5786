#pragma once

#include "cluster/grid.hpp"

namespace icmap::cluster {

/// True when a place of one cell is within the radius of a place of the other. Places whose first
/// coordinate is not a number are within the radius of nothing.
/// \param eps2 squared radius, inclusive
/// \complexity a few pairs where many are close; otherwise the two sets are halved with their boxes
///             until the boxes are too far apart, so that two long dense rows just out of reach of
///             each other take O(n log n) and not the product of their lengths
template <std::size_t D>
[[nodiscard]] bool have_close_pair(const CellGrid<D>& grid, const Cell& a, const Cell& b,
                                   double eps2);

} // namespace icmap::cluster
