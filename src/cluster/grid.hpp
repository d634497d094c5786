#pragma once

#include "cluster/axis.hpp"
#include "cluster/buffer.hpp"
#include "cluster/dbscan.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <variant>

namespace icmap::cluster {

/// One occupied cell: its places are the slots [begin, end).
struct Cell {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t weight;     ///< of all its places; stays at the greatest value when beyond
    std::uint32_t core_count; ///< places that are core; for whoever clusters
};

/// The tightest box around the places of a cell.
struct CellBox {
    double min_x, min_y, max_x, max_y;
};

/// Points with repeats merged ("places"), sorted into square cells.
///
/// Any two places of a cell are within the radius; places within the radius are in cells at most
/// two columns and two rows apart. Places of one cell lie side by side, cells ascend by row, then
/// column. Between some cells there are unused slots: only slots of cells mean anything.
struct CellGrid {
    Buffer<double> x_m;                ///< by slot
    Buffer<double> y_m;                ///< by slot
    Buffer<std::uint32_t> weight;      ///< by slot, stays at the greatest value when beyond
    Buffer<std::uint32_t> first_index; ///< by slot: the lowest index of a point that stands here

    Buffer<std::uint64_t> key; ///< by cell: row * 2^32 + column; one more, the greatest value
    Buffer<Cell> cell;
    Buffer<CellBox> box; ///< by cell

    [[nodiscard]] std::uint32_t cell_count() const {
        return static_cast<std::uint32_t>(cell.size());
    }
};

/// The tightest box around points.
/// \param points checked already, at least one
[[nodiscard]] CellBox bounds(const Points& points);

/// How coordinates become cells.
using CellRule = std::variant<Axes<PlainAxis>, Axes<FoldedAxis>>;

/// The rule for points and a radius; good for any points inside the box of these.
/// \param points checked already, at least one
/// \complexity O(n); O(n log n) when the points are very far apart for the radius
[[nodiscard]] CellRule cell_rule(const Points& points, double eps_m);

/// Merges and sorts points.
/// \param points checked already, at least one, inside the box of the rule's points
/// \param slot_of_point as long as the points; receives where each point went
/// \returns the same grid at any thread count
/// \complexity O(n) expected; two passes over the input, one partition into buckets that fit the
///             cache, one hash probe a point
[[nodiscard]] CellGrid make_grid(const Points& points, const CellRule& rule,
                                 std::span<std::int32_t> slot_of_point);

/// `a` + `b`, or the greatest value.
[[nodiscard]] constexpr std::uint32_t add_saturated(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t sum = a + b;
    return sum < a ? std::numeric_limits<std::uint32_t>::max() : sum;
}

} // namespace icmap::cluster
