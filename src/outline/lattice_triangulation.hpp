#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::outline {

/// A cell of a grid by its column and row.
struct Cell {
    std::int64_t column = 0;
    std::int64_t row = 0;
    friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// Columns and rows may span so much for all to be exact.
inline constexpr std::int64_t kMostLatticeSpan = std::int64_t{1} << 30;

/// The Delaunay triangulation of the centres of some cells, in whole numbers and so exact.
///
/// Half-edge `e` of triangle `e / 3` runs from `corner[e]` to the triangle's next corner;
/// triangles are anticlockwise. `twin[e]` is the same edge seen from the other side, kNone where
/// there is no triangle. Of four centres on one circle the diagonal follows from the order in
/// which cells are taken, by column, then row: the same cells give the same triangles.
struct LatticeTriangulation {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::vector<std::uint32_t> corner;
    std::vector<std::uint32_t> twin;

    [[nodiscard]] static std::uint32_t next(std::uint32_t edge) {
        return edge % 3 == 2 ? edge - 2 : edge + 1;
    }
    [[nodiscard]] static std::uint32_t previous(std::uint32_t edge) {
        return edge % 3 == 0 ? edge + 2 : edge - 1;
    }
};

/// \param cells distinct, ascending, spanning at most kMostLatticeSpan either way
/// \returns no triangle where all are on one line
/// \complexity O(n) on average for cells that fill their ground, O(n²) at worst
/// \source sweep of Sinclair 2016 (s-hull) by column instead of radius; flips of Lawson 1977
[[nodiscard]] LatticeTriangulation triangulate(std::span<const Cell> cells);

/// Twice the area of a triangle, positive where it is anticlockwise.
[[nodiscard]] constexpr std::int64_t turn(const Cell& a, const Cell& b, const Cell& c) {
    return (b.column - a.column) * (c.row - a.row) - (b.row - a.row) * (c.column - a.column);
}

[[nodiscard]] constexpr std::int64_t distance2(const Cell& a, const Cell& b) {
    return (a.column - b.column) * (a.column - b.column) + (a.row - b.row) * (a.row - b.row);
}

/// True if `d` is inside the circle through the corners of an anticlockwise triangle.
[[nodiscard]] bool is_in_circle(const Cell& a, const Cell& b, const Cell& c, const Cell& d);

} // namespace icmap::outline
