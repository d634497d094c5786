#include "cluster/dbscan.hpp"

#include "base/parallel.hpp"
#include "cluster/check.hpp"
#include "cluster/count.hpp"
#include "cluster/distance.hpp"
#include "cluster/grid.hpp"
#include "cluster/union_find.hpp"
#include "cluster/window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace icmap::cluster {
namespace {

constexpr std::uint32_t kCellsPerTask = 1024;
constexpr std::uint32_t kLargeCell = 64; // places: from here on a look at the box pays
constexpr std::size_t kPointsPerTask = std::size_t{1} << 16;
constexpr double kHidden = std::numeric_limits<double>::quiet_NaN();

/// A place that is not core in a cell that has core places. In the grid its x is not a number, so
/// that it is within the radius of nothing; here it keeps it.
struct HiddenPlace {
    double x_m;
    std::uint32_t slot;
    std::uint32_t cell;
};

/// One run: the grid and what is decided of it so far.
class Dbscan {
  public:
    Dbscan(const Points& points, const DbscanOptions& options)
        : label_(points.x_m.size()), grid_(make_grid(points, options.eps.value, label_)),
          eps2_(options.eps.value * options.eps.value), min_points_(options.min_points),
          task_count_((grid_.cell_count() - 1) / kCellsPerTask + 1), hidden_(task_count_),
          sets_(grid_.cell_count()) {}

    Labels run() {
        find_core();
        hide_others();
        join_cells(true);
        join_cells(false);
        number_clusters();
        label_places();
        return label_points();
    }

  private:
    /// The cells around one: small ones side by side are one run, large ones have a box to ask.
    struct Surroundings {
        std::array<Run, Window::kMostCells> run;
        std::array<std::uint32_t, Window::kMostCells> large;
        std::size_t run_count = 0;
        std::size_t large_count = 0;
    };

    /// Calls body(first, last, task) for runs of cells, in parallel.
    template <class Body>
    void for_cells(Body&& body) {
        parallel_for_each(task_count_, 1, [&](std::size_t task) {
            const auto first = static_cast<std::uint32_t>(task * kCellsPerTask);
            body(first, std::min(first + kCellsPerTask, grid_.cell_count()), task);
        });
    }

    void find_core();
    void find_core_of(std::uint32_t cell, std::span<const std::uint32_t> near,
                      std::vector<HiddenPlace>& hidden);
    [[nodiscard]] Surroundings look_around(std::span<const std::uint32_t> near) const;
    [[nodiscard]] bool is_core(std::uint32_t slot, const Surroundings& around) const;
    void hide_others();
    void join_cells(bool adjacent);
    [[nodiscard]] bool are_close(std::uint32_t a, std::uint32_t b) const;
    void number_clusters();
    void label_places();
    [[nodiscard]] std::uint32_t border_code(double x_m, double y_m,
                                            std::span<const std::uint32_t> near) const;
    Labels label_points();

    std::vector<std::int32_t> label_; ///< by point: its slot until the end, then its label
    CellGrid grid_;
    double eps2_;
    std::uint32_t min_points_;
    std::size_t task_count_;
    std::vector<std::vector<HiddenPlace>> hidden_; ///< by task, ascending
    UnionFind sets_;                               ///< of cells with core places
    std::vector<std::int32_t> cluster_;            ///< by cell with core places
    std::int32_t cluster_count_ = 0;
};

void Dbscan::find_core() {
    for_cells([&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        Window window(grid_, first);
        for (std::uint32_t c = first; c < last; ++c) {
            Cell& cell = grid_.cell[c];
            if (cell.weight >= min_points_) {
                cell.core_count = cell.end - cell.begin;
            } else {
                find_core_of(c, window.around(c), hidden_[task]);
            }
        }
    });
}

void Dbscan::find_core_of(std::uint32_t c, std::span<const std::uint32_t> near,
                          std::vector<HiddenPlace>& hidden) {
    std::uint64_t weight = 0;
    for (const std::uint32_t other : near) {
        weight += grid_.cell[other].weight;
    }
    if (weight < min_points_) {
        return;
    }
    const Surroundings around = look_around(near);
    Cell& cell = grid_.cell[c];
    const std::size_t before = hidden.size();
    for (std::uint32_t slot = cell.begin; slot < cell.end; ++slot) {
        if (!is_core(slot, around)) {
            hidden.push_back({grid_.x_m[slot], slot, c});
        }
    }
    const auto others = static_cast<std::uint32_t>(hidden.size() - before);
    cell.core_count = cell.end - cell.begin - others;
    if (cell.core_count == 0) {
        hidden.resize(before);
    }
}

Dbscan::Surroundings Dbscan::look_around(std::span<const std::uint32_t> near) const {
    Surroundings around;
    for (const std::uint32_t other : near) {
        const Cell& cell = grid_.cell[other];
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

bool Dbscan::is_core(std::uint32_t slot, const Surroundings& around) const {
    const double x = grid_.x_m[slot];
    const double y = grid_.y_m[slot];
    std::uint64_t weight =
        count_weight(grid_, {around.run.data(), around.run_count}, {x, y, eps2_, min_points_});
    for (std::size_t i = 0; i < around.large_count && weight < min_points_; ++i) {
        const Cell& cell = grid_.cell[around.large[i]];
        const CellBox& box = grid_.box[around.large[i]];
        if (most_distance2(x, y, box) <= eps2_) {
            weight += cell.weight;
        } else if (least_distance2(x, y, box) <= eps2_) {
            const Run all{cell.begin, cell.end};
            weight += count_weight(grid_, {&all, 1}, {x, y, eps2_, min_points_ - weight});
        }
    }
    return weight >= min_points_;
}

void Dbscan::hide_others() {
    parallel_for_each(task_count_, 1, [&](std::size_t task) {
        for (const HiddenPlace& place : hidden_[task]) {
            grid_.x_m[place.slot] = kHidden;
        }
    });
}

void Dbscan::join_cells(bool adjacent) {
    for_cells([&](std::uint32_t first, std::uint32_t last, std::size_t) {
        Window window(grid_, first);
        for (std::uint32_t c = first; c < last; ++c) {
            if (grid_.cell[c].core_count == 0) {
                continue;
            }
            for (const std::uint32_t other : window.after(c)) {
                if (grid_.cell[other].core_count > 0 &&
                    touch(grid_.key[c], grid_.key[other]) == adjacent && !sets_.same(c, other) &&
                    are_close(c, other)) {
                    sets_.join(c, other);
                }
            }
        }
    });
}

bool Dbscan::are_close(std::uint32_t a, std::uint32_t b) const {
    if (least_distance2(grid_.box[a], grid_.box[b]) > eps2_) {
        return false;
    }
    if (grid_.cell[a].end - grid_.cell[a].begin > grid_.cell[b].end - grid_.cell[b].begin) {
        std::swap(a, b);
    }
    const Cell& few = grid_.cell[a];
    const Cell& many = grid_.cell[b];
    for (std::uint32_t i = few.begin; i < few.end; ++i) {
        const double x = grid_.x_m[i];
        const double y = grid_.y_m[i];
        // Written so that a hidden place, whose distance is not a number, is passed over.
        if (!(least_distance2(x, y, grid_.box[b]) <= eps2_)) {
            continue;
        }
        for (std::uint32_t j = many.begin; j < many.end; ++j) {
            if (distance2(x, y, grid_.x_m[j], grid_.y_m[j]) <= eps2_) {
                return true;
            }
        }
    }
    return false;
}

void Dbscan::number_clusters() {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> lowest(grid_.cell_count(), kNone); // by cell, then by root
    cluster_.resize(grid_.cell_count());
    for_cells([&](std::uint32_t first, std::uint32_t last, std::size_t) {
        for (std::uint32_t c = first; c < last; ++c) {
            const Cell& cell = grid_.cell[c];
            for (std::uint32_t i = cell.begin; cell.core_count > 0 && i < cell.end; ++i) {
                if (!std::isnan(grid_.x_m[i])) {
                    lowest[c] = std::min(lowest[c], grid_.first_index[i]);
                }
            }
        }
    });
    // The root of a set is its lowest cell, so it is met before the others of its set.
    std::vector<std::uint32_t> roots;
    for (std::uint32_t c = 0; c < grid_.cell_count(); ++c) {
        if (grid_.cell[c].core_count > 0) {
            const std::uint32_t root = sets_.find(c);
            lowest[root] = std::min(lowest[root], lowest[c]);
            if (root == c) {
                roots.push_back(c);
            }
        }
    }
    std::sort(roots.begin(), roots.end(),
              [&](std::uint32_t a, std::uint32_t b) { return lowest[a] < lowest[b]; });
    for (const std::uint32_t root : roots) {
        cluster_[root] = cluster_count_++;
    }
    for (std::uint32_t c = 0; c < grid_.cell_count(); ++c) {
        cluster_[c] = grid_.cell[c].core_count > 0 ? cluster_[sets_.find(c)] : -1;
    }
}

/// A label and the core flag in one number; 0 is noise.
constexpr std::uint32_t code_of(std::int32_t cluster, bool core) {
    return (static_cast<std::uint32_t>(cluster + 1) << 1) | static_cast<std::uint32_t>(core);
}

std::uint32_t Dbscan::border_code(double x, double y, std::span<const std::uint32_t> near) const {
    double nearest2 = eps2_;
    std::uint32_t index = std::numeric_limits<std::uint32_t>::max();
    std::int32_t cluster = -1;
    for (const std::uint32_t other : near) {
        const Cell& cell = grid_.cell[other];
        if (cell.core_count == 0 || least_distance2(x, y, grid_.box[other]) > nearest2) {
            continue;
        }
        for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
            const double d2 = distance2(x, y, grid_.x_m[i], grid_.y_m[i]);
            if (d2 < nearest2 || (d2 == nearest2 && grid_.first_index[i] < index)) {
                nearest2 = d2;
                index = grid_.first_index[i];
                cluster = cluster_[other];
            }
        }
    }
    return code_of(cluster, false);
}

/// From here on the weights are not needed any more: their memory holds the codes of the places.
void Dbscan::label_places() {
    for_cells([&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        Window window(grid_, first);
        for (std::uint32_t c = first; c < last; ++c) {
            const Cell& cell = grid_.cell[c];
            if (cell.core_count > 0) {
                std::fill(grid_.weight.data() + cell.begin, grid_.weight.data() + cell.end,
                          code_of(cluster_[c], true));
                continue;
            }
            const std::span<const std::uint32_t> near = window.around(c);
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                grid_.weight[i] = border_code(grid_.x_m[i], grid_.y_m[i], near);
            }
        }
        Window again(grid_, first);
        for (const HiddenPlace& place : hidden_[task]) {
            grid_.weight[place.slot] =
                border_code(place.x_m, grid_.y_m[place.slot], again.around(place.cell));
        }
    });
}

Labels Dbscan::label_points() {
    const std::size_t n = label_.size();
    Labels labels{std::move(label_), std::vector<std::uint8_t>(n), cluster_count_};
    parallel_ranges(n, kPointsPerTask, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t code = grid_.weight[static_cast<std::uint32_t>(labels.label[i])];
            labels.label[i] = static_cast<std::int32_t>(code >> 1) - 1;
            labels.is_core[i] = static_cast<std::uint8_t>(code & 1);
        }
    });
    return labels;
}

} // namespace

Result<Labels> dbscan(Points points, DbscanOptions options) {
    ICMAP_TRY(check_dbscan(points, options));
    if (points.x_m.empty()) {
        return Labels{};
    }
    return Dbscan(points, options).run();
}

} // namespace icmap::cluster
