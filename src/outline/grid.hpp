#pragma once

#include "base/units.hpp"
#include "outline/lattice_hull.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::outline {

/// Registers give whole metres; a node that is never whole cannot be mistaken for one of theirs.
inline constexpr double kNeverWhole = 0.3819660112501051;

/// A grid over the plane; positions in a cell are told apart from outside by its node alone.
struct Grid {
    double side_m;
    PlaneXY origin;

    /// The positions that the grid is tried at fill the cell evenly. \source the R2 sequence,
    /// Roberts 2018: steps of 1/g and 1/g^2 with g^3 = g + 1
    Grid(double side, int phase)
        : side_m(side), origin{kNeverWhole + side * std::fmod(phase * 0.7548776662466927, 1.0),
                               kNeverWhole + side * std::fmod(phase * 0.5698402909980532, 1.0)} {}

    [[nodiscard]] Cell cell_of(PlaneXY p) const {
        return {static_cast<std::int64_t>(std::floor((p.x_m - origin.x_m) / side_m)),
                static_cast<std::int64_t>(std::floor((p.y_m - origin.y_m) / side_m))};
    }
    [[nodiscard]] PlaneXY node_of(const Cell& cell) const {
        return {origin.x_m + side_m * (static_cast<double>(cell.column) + 0.5),
                origin.y_m + side_m * (static_cast<double>(cell.row) + 0.5)};
    }
    [[nodiscard]] std::vector<PlaneXY> nodes_of(std::span<const Cell> cells) const {
        std::vector<PlaneXY> nodes(cells.size());
        std::ranges::transform(cells, nodes.begin(),
                               [this](const Cell& cell) { return node_of(cell); });
        return nodes;
    }
};

/// The cells that members lie in: by column, then row, each once.
[[nodiscard]] std::vector<Cell> occupied_cells(std::span<const PlaneXY> members, const Grid& grid);

} // namespace icmap::outline
