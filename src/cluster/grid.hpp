#pragma once

#include "cluster/axis.hpp"
#include "cluster/buffer.hpp"
#include "cluster/space.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <variant>

namespace icmap::cluster {

/// One occupied cell: its places are the slots [begin, end).
struct Cell {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t weight;     ///< of all its places; stays at the greatest value when beyond
    std::uint32_t core_count; ///< places that are core; for whoever clusters
};

__extension__ typedef unsigned __int128 WideKey; // NOLINT: the only spelling that takes the mark

/// 32 bits of cell number an axis, the last axis first.
template <std::size_t D>
using CellKey = std::conditional_t<D == 2, std::uint64_t, WideKey>;

/// A walk over the keys that looks at this many at once needs no other sign that they end.
inline constexpr std::size_t kLastKeys = 5;

/// Points with repeats merged ("places"), sorted into square (cubic) cells.
///
/// Any two places of a cell are within the radius; places within the radius are in cells at most
/// two apart on each axis. Places of one cell lie side by side, cells ascend by row, then
/// column. Between some cells there are unused slots: only slots of cells mean anything.
template <std::size_t D>
struct CellGrid {
    std::array<Buffer<double>, D> at_m; ///< by axis, then slot
    Buffer<std::uint32_t> weight;       ///< by slot, stays at the greatest value when beyond
    Buffer<std::uint32_t> first_index;  ///< by slot: the lowest index of a point that stands here

    Buffer<CellKey<D>> key; ///< by cell; then `kLastKeys` more, the greatest value
    Buffer<Cell> cell;
    Buffer<CellBox<D>> box; ///< by cell: the tightest around its places

    [[nodiscard]] std::uint32_t cell_count() const {
        return static_cast<std::uint32_t>(cell.size());
    }
    [[nodiscard]] Position<D> position(std::uint32_t slot) const {
        Position<D> position;
        for (std::size_t d = 0; d < D; ++d) {
            position[d] = at_m[d][slot];
        }
        return position;
    }
};

/// The tightest box around points.
/// \param points checked already, at least one
template <std::size_t D>
[[nodiscard]] CellBox<D> bounds(const PointsIn<D>& points);

/// How coordinates become cells.
template <std::size_t D>
using CellRule = std::variant<Axes<PlainAxis, D>, Axes<FoldedAxis, D>>;

/// The rule for points and a radius; good for any points inside the box of these.
/// \param points checked already, at least one
/// \complexity O(n); O(n log n) when the points are very far apart for the radius
template <std::size_t D>
[[nodiscard]] CellRule<D> cell_rule(const PointsIn<D>& points, double eps_m);

/// Merges and sorts points.
/// \param points checked already, at least one, inside the box of the rule's points
/// \param slot_of_point as long as the points; receives where each point went
/// \returns the same grid at any thread count
/// \complexity O(n) expected; two passes over the input, one partition into buckets that fit the
///             cache, one hash probe a point
template <std::size_t D>
[[nodiscard]] CellGrid<D> make_grid(const PointsIn<D>& points, const CellRule<D>& rule,
                                    std::span<std::int32_t> slot_of_point);

/// `a` + `b`, or the greatest value.
[[nodiscard]] constexpr std::uint32_t add_saturated(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t sum = a + b;
    return sum < a ? std::numeric_limits<std::uint32_t>::max() : sum;
}

} // namespace icmap::cluster
