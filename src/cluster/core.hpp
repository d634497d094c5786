#pragma once

#include "cluster/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// A place that is not core in a cell that has core places. In the grid its x is not a number, so
/// that it is within the radius of nothing; here it keeps it.
struct HiddenPlace {
    double x_m; ///< its first coordinate
    std::uint32_t slot;
    std::uint32_t cell;
};

/// By task of `for_cells`, in each in ascending order of cells.
using HiddenPlaces = std::vector<std::vector<HiddenPlace>>;

/// Decides which places are core: sets the core count of each cell and hides the places that are
/// not core from cells that have others.
/// \param eps2 squared radius of the grid
/// \complexity a dense cell is decided by its weight; a place in another looks at the places around
///             it until it has enough
template <std::size_t D>
[[nodiscard]] HiddenPlaces find_core(CellGrid<D>& grid, double eps2, std::uint32_t min_points);

/// As `find_core`, for decisions made elsewhere.
/// \param is_core by slot
template <std::size_t D>
[[nodiscard]] HiddenPlaces set_core(CellGrid<D>& grid, std::span<const std::uint8_t> is_core);

} // namespace icmap::cluster
