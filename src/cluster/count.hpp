#pragma once

#include "cluster/grid.hpp"

#include <cstdint>
#include <span>

namespace icmap::cluster {

/// Slots [begin, end).
struct Run {
    std::uint32_t begin;
    std::uint32_t end;
};

/// The point that is asked about and what would make it core.
template <std::size_t D>
struct CountQuery {
    Position<D> at_m;
    double eps2;        ///< squared radius, inclusive
    std::uint64_t goal; ///< weight that is enough
};

/// Adds up the weight of the slots within the radius until the goal is reached.
/// \returns the weight, or some weight of at least the goal
/// \complexity linear in the slots; compiled for several vector widths, chosen when the program
///             starts, all with the same result
[[nodiscard]] std::uint64_t count_weight(const CellGrid<2>& grid, std::span<const Run> runs,
                                         const CountQuery<2>& query);
[[nodiscard]] std::uint64_t count_weight(const CellGrid<3>& grid, std::span<const Run> runs,
                                         const CountQuery<3>& query);

} // namespace icmap::cluster
