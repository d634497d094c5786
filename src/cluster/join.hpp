#pragma once

#include "cluster/core.hpp"
#include "cluster/dbscan.hpp"

namespace icmap::cluster {

/// Joins core places within the radius, numbers the clusters, labels all points.
/// \param grid with its core places decided; its weights are overwritten
/// \param hidden what that decision returned
/// \param eps2 squared radius of the grid
/// \param slot_of_point by point; the memory of the answer
/// \complexity a pair of cells is settled by its first close places, or at once when both are
///             joined already; each place outside core cells looks for its nearest core place
template <std::size_t D>
[[nodiscard]] Labels join_core(CellGrid<D>& grid, const HiddenPlaces& hidden, double eps2,
                               std::vector<std::int32_t> slot_of_point);

} // namespace icmap::cluster
