#include "cluster/join.hpp"

#include "base/parallel.hpp"
#include "cluster/close_pair.hpp"
#include "cluster/distance.hpp"
#include "cluster/tasks.hpp"
#include "cluster/union_find.hpp"
#include "cluster/window.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::cluster {
namespace {

constexpr std::size_t kPointsPerTask = std::size_t{1} << 14;

template <std::size_t D>
class Joiner {
  public:
    Joiner(CellGrid<D>& grid, const HiddenPlaces& hidden, double eps2,
           std::vector<std::int32_t> slot_of_point)
        : grid_(grid), hidden_(hidden), eps2_(eps2), label_(std::move(slot_of_point)),
          sets_(grid.cell_count()) {}

    Labels run() {
        join_cells(true); // cells that touch first: they settle most of the others
        join_cells(false);
        number_clusters();
        label_places();
        return label_points();
    }

  private:
    void join_cells(bool adjacent);
    [[nodiscard]] bool are_close(std::uint32_t a, std::uint32_t b) const;
    void number_clusters();
    void label_places();
    [[nodiscard]] std::uint32_t border_code(const Position<D>& at,
                                            std::span<const std::uint32_t> near) const;
    Labels label_points();

    CellGrid<D>& grid_;
    const HiddenPlaces& hidden_;
    double eps2_;
    std::vector<std::int32_t> label_;   ///< by point: its slot until the end, then its label
    UnionFind sets_;                    ///< of cells with core places
    std::vector<std::int32_t> cluster_; ///< by cell, -1 without core places
    std::int32_t cluster_count_ = 0;
};

template <std::size_t D>
void Joiner<D>::join_cells(bool adjacent) {
    for_cells(grid_, [&](std::uint32_t first, std::uint32_t last, std::size_t) {
        Window<D> window(grid_, grid_.key[first]);
        for (std::uint32_t c = first; c < last; ++c) {
            if (grid_.cell[c].core_count == 0) {
                continue;
            }
            for (const std::uint32_t other : window.after(c, adjacent ? 1 : 2)) {
                if (grid_.cell[other].core_count > 0 &&
                    touch<D>(grid_.key[c], grid_.key[other]) == adjacent && !sets_.same(c, other) &&
                    are_close(c, other)) {
                    sets_.join(c, other);
                }
            }
        }
    });
}

template <std::size_t D>
bool Joiner<D>::are_close(std::uint32_t a, std::uint32_t b) const {
    if (least_distance2(grid_.box[a], grid_.box[b]) > eps2_) {
        return false;
    }
    const std::uint32_t size_a = grid_.cell[a].end - grid_.cell[a].begin;
    const std::uint32_t size_b = grid_.cell[b].end - grid_.cell[b].begin;
    return have_close_pair(grid_, grid_.cell[size_a <= size_b ? a : b],
                           grid_.cell[size_a <= size_b ? b : a], eps2_);
}

template <std::size_t D>
void Joiner<D>::number_clusters() {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> lowest(grid_.cell_count(), kNone); // by cell, then by root
    cluster_.resize(grid_.cell_count());
    for_cells(grid_, [&](std::uint32_t first, std::uint32_t last, std::size_t) {
        for (std::uint32_t c = first; c < last; ++c) {
            const Cell& cell = grid_.cell[c];
            for (std::uint32_t i = cell.begin; cell.core_count > 0 && i < cell.end; ++i) {
                if (!std::isnan(grid_.at_m[0][i])) {
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

template <std::size_t D>
std::uint32_t Joiner<D>::border_code(const Position<D>& at,
                                     std::span<const std::uint32_t> near) const {
    double nearest2 = eps2_;
    std::uint32_t index = std::numeric_limits<std::uint32_t>::max();
    std::int32_t cluster = -1;
    for (const std::uint32_t other : near) {
        const Cell& cell = grid_.cell[other];
        if (cell.core_count == 0 || least_distance2(at, grid_.box[other]) > nearest2) {
            continue;
        }
        for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
            const double d2 = distance2(at, grid_.position(i));
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
template <std::size_t D>
void Joiner<D>::label_places() {
    for_cells(grid_, [&](std::uint32_t first, std::uint32_t last, std::size_t task) {
        Window<D> window(grid_, grid_.key[first]);
        for (std::uint32_t c = first; c < last; ++c) {
            const Cell& cell = grid_.cell[c];
            if (cell.core_count > 0) {
                std::fill(grid_.weight.data() + cell.begin, grid_.weight.data() + cell.end,
                          code_of(cluster_[c], true));
                continue;
            }
            const std::span<const std::uint32_t> near = window.around(grid_.key[c]);
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                grid_.weight[i] = border_code(grid_.position(i), near);
            }
        }
        Window<D> again(grid_, grid_.key[first]);
        for (const HiddenPlace& place : hidden_[task]) {
            Position<D> at = grid_.position(place.slot);
            at[0] = place.x_m;
            grid_.weight[place.slot] = border_code(at, again.around(grid_.key[place.cell]));
        }
    });
}

template <std::size_t D>
Labels Joiner<D>::label_points() {
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

template <std::size_t D>
Labels join_core(CellGrid<D>& grid, const HiddenPlaces& hidden, double eps2,
                 std::vector<std::int32_t> slot_of_point) {
    return Joiner<D>(grid, hidden, eps2, std::move(slot_of_point)).run();
}

template Labels join_core(CellGrid<2>&, const HiddenPlaces&, double, std::vector<std::int32_t>);
template Labels join_core(CellGrid<3>&, const HiddenPlaces&, double, std::vector<std::int32_t>);

} // namespace icmap::cluster
