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
template <std::size_t D>
struct Surroundings {
    std::array<Run, Window<D>::kMostCells> run;
    std::array<std::uint32_t, Window<D>::kMostCells> large;
    std::size_t run_count = 0;
    std::size_t large_count = 0;
};

template <std::size_t D>
Surroundings<D> look_around(const CellGrid<D>& grid, std::span<const std::uint32_t> near) {
    Surroundings<D> around;
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

template <std::size_t D>
bool is_core(const CellGrid<D>& grid, std::uint32_t slot, const Surroundings<D>& around,
             Goal goal) {
    const Position<D> at = grid.position(slot);
    std::uint64_t weight =
        count_weight(grid, {around.run.data(), around.run_count}, {at, goal.eps2, goal.min_points});
    for (std::size_t i = 0; i < around.large_count && weight < goal.min_points; ++i) {
        const Cell& cell = grid.cell[around.large[i]];
        const CellBox<D>& box = grid.box[around.large[i]];
        if (most_distance2(at, box) <= goal.eps2) {
            weight += cell.weight;
        } else if (least_distance2(at, box) <= goal.eps2) {
            const Run all{cell.begin, cell.end};
            weight += count_weight(grid, {&all, 1}, {at, goal.eps2, goal.min_points - weight});
        }
    }
    return weight >= goal.min_points;
}

/// Sets the core count of a cell; its places that are not core go to the list if it has others.
template <std::size_t D, class IsCore>
void decide_each(CellGrid<D>& grid, std::uint32_t c, std::vector<HiddenPlace>& hidden,
                 IsCore&& is_core_at) {
    Cell& cell = grid.cell[c];
    const std::size_t before = hidden.size();
    for (std::uint32_t slot = cell.begin; slot < cell.end; ++slot) {
        if (!is_core_at(slot)) {
            hidden.push_back({grid.at_m[0][slot], slot, c});
        }
    }
    const auto others = static_cast<std::uint32_t>(hidden.size() - before);
    cell.core_count = cell.end - cell.begin - others;
    if (cell.core_count == 0) {
        hidden.resize(before);
    }
}

template <std::size_t D>
void decide_sparse_cell(CellGrid<D>& grid, std::uint32_t c, std::span<const std::uint32_t> near,
                        Goal goal, std::vector<HiddenPlace>& hidden) {
    std::uint64_t weight = 0;
    for (const std::uint32_t other : near) {
        weight += grid.cell[other].weight;
    }
    if (weight < goal.min_points) {
        return;
    }
    const Surroundings<D> around = look_around(grid, near);
    decide_each(grid, c, hidden,
                [&](std::uint32_t slot) { return is_core(grid, slot, around, goal); });
}

/// Not before all is decided: the decisions look at all places.
template <std::size_t D>
void hide(CellGrid<D>& grid, const HiddenPlaces& hidden) {
    parallel_for_each(hidden.size(), 1, [&](std::size_t task) {
        for (const HiddenPlace& place : hidden[task]) {
            grid.at_m[0][place.slot] = kHidden;
        }
    });
}

} // namespace

template <std::size_t D>
HiddenPlaces find_core(CellGrid<D>& grid, double eps2, std::uint32_t min_points) {
    HiddenPlaces hidden(task_count(grid));
    for_cells(grid, [&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        Window<D> window(grid, grid.key[first]);
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

template <std::size_t D>
HiddenPlaces set_core(CellGrid<D>& grid, std::span<const std::uint8_t> is_core) {
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

template HiddenPlaces find_core(CellGrid<2>&, double, std::uint32_t);
template HiddenPlaces find_core(CellGrid<3>&, double, std::uint32_t);
template HiddenPlaces set_core(CellGrid<2>&, std::span<const std::uint8_t>);
template HiddenPlaces set_core(CellGrid<3>&, std::span<const std::uint8_t>);

} // namespace icmap::cluster
