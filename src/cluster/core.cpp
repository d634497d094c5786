#include "cluster/core.hpp"

#include "base/parallel.hpp"
#include "cluster/count.hpp"
#include "cluster/distance.hpp"
#include "cluster/tasks.hpp"
#include "cluster/window.hpp"

#include <array>
#include <limits>
#include <utility>

namespace icmap::cluster {
namespace {

constexpr std::uint32_t kLargeCell = 64; // places: from here on a look at the box pays
constexpr double kHidden = std::numeric_limits<double>::quiet_NaN();

/// The cells around one: small ones side by side are one run, large ones have a box to ask.
struct Surroundings {
    std::array<Run, Window::kMostCells> run;
    std::array<std::uint32_t, Window::kMostCells> large;
    std::size_t run_count = 0;
    std::size_t large_count = 0;
};

Surroundings look_around(const CellGrid& grid, std::span<const std::uint32_t> near) {
    Surroundings around;
    for (const std::uint32_t other : near) {
        const Cell& cell = grid.cell[other];
        if (cell.end - cell.begin >= kLargeCell) {
            around.large[around.large_count++] = other;
        } else if (around.run_count > 0 && around.run[around.run_count - 1].end == cell.begin) {
            around.run[around.run_count - 1].end = cell.end;
        } else {
            around.run[around.run_count++] = {cell.begin, cell.end};
        }
    }
    // The runs are rows: the row of the cell itself, in the middle, has most to give.
    if (around.run_count > 2) {
        std::swap(around.run[0], around.run[around.run_count / 2]);
    }
    return around;
}

/// What makes a place core.
struct Goal {
    double eps2;
    std::uint32_t min_points;
};

bool is_core(const CellGrid& grid, std::uint32_t slot, const Surroundings& around, Goal goal) {
    const double x = grid.x_m[slot];
    const double y = grid.y_m[slot];
    std::uint64_t weight = count_weight(grid, {around.run.data(), around.run_count},
                                        {x, y, goal.eps2, goal.min_points});
    for (std::size_t i = 0; i < around.large_count && weight < goal.min_points; ++i) {
        const Cell& cell = grid.cell[around.large[i]];
        const CellBox& box = grid.box[around.large[i]];
        if (most_distance2(x, y, box) <= goal.eps2) {
            weight += cell.weight;
        } else if (least_distance2(x, y, box) <= goal.eps2) {
            const Run all{cell.begin, cell.end};
            weight += count_weight(grid, {&all, 1}, {x, y, goal.eps2, goal.min_points - weight});
        }
    }
    return weight >= goal.min_points;
}

/// Sets the core count of a cell; its places that are not core go to the list if it has others.
template <class IsCore>
void decide_each(CellGrid& grid, std::uint32_t c, std::vector<HiddenPlace>& hidden,
                 IsCore&& is_core_at) {
    Cell& cell = grid.cell[c];
    const std::size_t before = hidden.size();
    for (std::uint32_t slot = cell.begin; slot < cell.end; ++slot) {
        if (!is_core_at(slot)) {
            hidden.push_back({grid.x_m[slot], slot, c});
        }
    }
    const auto others = static_cast<std::uint32_t>(hidden.size() - before);
    cell.core_count = cell.end - cell.begin - others;
    if (cell.core_count == 0) {
        hidden.resize(before);
    }
}

void decide_sparse_cell(CellGrid& grid, std::uint32_t c, std::span<const std::uint32_t> near,
                        Goal goal, std::vector<HiddenPlace>& hidden) {
    std::uint64_t weight = 0;
    for (const std::uint32_t other : near) {
        weight += grid.cell[other].weight;
    }
    if (weight < goal.min_points) {
        return;
    }
    const Surroundings around = look_around(grid, near);
    decide_each(grid, c, hidden,
                [&](std::uint32_t slot) { return is_core(grid, slot, around, goal); });
}

/// Not before all is decided: the decisions look at all places.
void hide(CellGrid& grid, const HiddenPlaces& hidden) {
    parallel_for_each(hidden.size(), 1, [&](std::size_t task) {
        for (const HiddenPlace& place : hidden[task]) {
            grid.x_m[place.slot] = kHidden;
        }
    });
}

} // namespace

HiddenPlaces find_core(CellGrid& grid, double eps2, std::uint32_t min_points) {
    HiddenPlaces hidden(task_count(grid));
    for_cells(grid, [&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        Window window(grid, grid.key[first]);
        for (std::uint32_t c = first; c < last; ++c) {
            Cell& cell = grid.cell[c];
            if (cell.weight >= min_points) {
                cell.core_count = cell.end - cell.begin;
            } else {
                decide_sparse_cell(grid, c, window.around(grid.key[c]), {eps2, min_points},
                                   hidden[task]);
            }
        }
    });
    hide(grid, hidden);
    return hidden;
}

HiddenPlaces set_core(CellGrid& grid, std::span<const std::uint8_t> is_core) {
    HiddenPlaces hidden(task_count(grid));
    for_cells(grid, [&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        for (std::uint32_t c = first; c < last; ++c) {
            decide_each(grid, c, hidden[task],
                        [&](std::uint32_t slot) { return is_core[slot] == 1; });
        }
    });
    hide(grid, hidden);
    return hidden;
}

} // namespace icmap::cluster
