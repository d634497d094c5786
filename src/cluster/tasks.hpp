#pragma once

#include "base/parallel.hpp"
#include "cluster/grid.hpp"

#include <algorithm>
#include <cstdint>

namespace icmap::cluster {

/// Work on cells goes in tasks of this many.
inline constexpr std::uint32_t kCellsPerTask = 1024;

/// How many tasks `for_cells` makes.
template <std::size_t D>
[[nodiscard]] std::size_t task_count(const CellGrid<D>& grid) {
    return (grid.cell_count() + kCellsPerTask - 1) / kCellsPerTask;
}

/// Calls `body(first, last, task)` for runs of cells [first, last) that cover all, in parallel.
template <std::size_t D, class Body>
void for_cells(const CellGrid<D>& grid, Body&& body) {
    parallel_for_each(task_count(grid), 1, [&](std::size_t task) {
        const auto first = static_cast<std::uint32_t>(task * kCellsPerTask);
        body(first, std::min(first + kCellsPerTask, grid.cell_count()), task);
    });
}

} // namespace icmap::cluster
