#include "cluster/reachability.hpp"

#include "base/parallel.hpp"
#include "cluster/union_find.hpp"

#include <algorithm>
#include <atomic>
#include <limits>

namespace icmap::cluster {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kGrain = 1024;

/// Keeps the nearest weight that is enough.
class NearestWeight {
  public:
    explicit NearestWeight(std::uint32_t enough) : enough_(enough) {}

    void clear() {
        near_.clear();
        weight_ = 0;
    }
    [[nodiscard]] double distance2() const {
        return weight_ >= enough_ ? near_.back().distance2 : kInfinity;
    }
    void add(double distance2, std::uint32_t weight) {
        if (weight == 0 || distance2 >= this->distance2()) {
            return;
        }
        std::size_t at = near_.size();
        near_.emplace_back();
        for (; at > 0 && near_[at - 1].distance2 > distance2; --at) {
            near_[at] = near_[at - 1];
        }
        near_[at] = {distance2, weight};
        weight_ += weight;
        while (weight_ - near_.back().weight >= enough_) {
            weight_ -= near_.back().weight;
            near_.pop_back();
        }
    }

  private:
    struct Near {
        double distance2;
        std::uint32_t weight;
    };
    std::vector<Near> near_; ///< ascending
    std::uint64_t weight_ = 0;
    std::uint32_t enough_;
};

void lower(std::atomic<double>& value, double to) {
    double seen = value.load(std::memory_order_relaxed);
    while (to < seen && !value.compare_exchange_weak(seen, to, std::memory_order_relaxed)) {
    }
}

void lower(std::atomic<std::uint32_t>& value, std::uint32_t to) {
    std::uint32_t seen = value.load(std::memory_order_relaxed);
    while (to < seen && !value.compare_exchange_weak(seen, to, std::memory_order_relaxed)) {
    }
}

/// Grows components, each by its shortest edge out, until one is left.
template <std::size_t D>
class Boruvka {
  public:
    Boruvka(const KdTree<D>& tree, std::span<const double> core2)
        : tree_(tree), core2_(core2), n_(static_cast<std::uint32_t>(tree.size())), sets_(n_),
          component_(n_), node_component_(tree.nodes().size()), node_core2_(tree.nodes().size()),
          neighbour_(n_, kNone), bound2_(core2.begin(), core2.end()), shortest2_(n_), winner_(n_) {
        for_nodes_upwards(
            [&](std::size_t node, std::uint32_t begin, std::uint32_t end) {
                node_core2_[node] = *std::min_element(core2_.begin() + begin, core2_.begin() + end);
            },
            [&](std::size_t node) {
                node_core2_[node] = std::min(node_core2_[2 * node + 1], node_core2_[2 * node + 2]);
            });
    }

    std::vector<ReachabilityEdge> run() {
        std::vector<ReachabilityEdge> edges;
        edges.reserve(n_ - 1);
        while (edges.size() + 1 < n_) {
            start_round();
            take_known();
            search();
            if (!join(edges)) {
                join_the_endless(edges);
            }
        }
        return edges;
    }

  private:
    template <class Leaf, class Inner>
    void for_nodes_upwards(Leaf&& leaf, Inner&& inner) {
        const std::size_t first_leaf = tree_.first_leaf();
        parallel_for_each(tree_.nodes().size() - first_leaf, kGrain, [&](std::size_t i) {
            const typename KdTree<D>::Node& node = tree_.nodes()[first_leaf + i];
            leaf(first_leaf + i, node.begin, node.end);
        });
        for (std::size_t node = first_leaf; node > 0; --node) {
            inner(node - 1);
        }
    }

    void start_round() {
        parallel_for_each(n_, kGrain, [&](std::size_t i) {
            component_[i] = sets_.find(static_cast<std::uint32_t>(i));
            shortest2_[i].store(kInfinity, std::memory_order_relaxed);
            winner_[i].store(kNone, std::memory_order_relaxed);
        });
        for_nodes_upwards(
            [&](std::size_t node, std::uint32_t begin, std::uint32_t end) {
                std::uint32_t common = component_[begin];
                for (std::uint32_t i = begin + 1; i < end; ++i) {
                    common = component_[i] == common ? common : kNone;
                }
                node_component_[node] = common;
            },
            [&](std::size_t node) {
                const std::uint32_t left = node_component_[2 * node + 1];
                node_component_[node] = left == node_component_[2 * node + 2] ? left : kNone;
            });
    }

    /// A neighbour found in an earlier round is still the nearest while it is outside.
    void take_known() {
        parallel_for_each(n_, kGrain, [&](std::size_t i) {
            if (neighbour_[i] == kNone) {
                return;
            }
            if (component_[neighbour_[i]] == component_[i]) {
                neighbour_[i] = kNone;
            } else {
                lower(shortest2_[component_[i]], bound2_[i]);
            }
        });
    }

    void search() {
        parallel_for_each(n_, kGrain / 4, [&](std::size_t entry) {
            const auto i = static_cast<std::uint32_t>(entry);
            std::atomic<double>& shortest2 = shortest2_[component_[i]];
            const double limit2 = shortest2.load(std::memory_order_relaxed);
            if (neighbour_[i] != kNone || bound2_[i] >= limit2) {
                return;
            }
            search_from(i, limit2);
            if (neighbour_[i] != kNone) {
                lower(shortest2, bound2_[i]);
            }
        });
    }

    /// Finds the nearest entry of another component nearer than the limit.
    void search_from(std::uint32_t i, double limit2) {
        const Position<D> at = tree_.at_m()[i];
        const std::uint32_t mine = component_[i];
        const double least2 = core2_[i]; // no edge from here is shorter
        double nearest2 = limit2;
        tree_.walk(
            at, [&] { return nearest2 > least2 ? nearest2 : -1.0; },
            [&](std::size_t node) {
                return node_component_[node] != mine && node_core2_[node] < nearest2;
            },
            [&](std::uint32_t begin, std::uint32_t end) {
                for (std::uint32_t j = begin; j < end; ++j) {
                    const double d2 = distance2(at, tree_.at_m()[j]);
                    const double reach2 = std::max(std::max(d2, core2_[j]), least2);
                    if (reach2 < nearest2 && component_[j] != mine) {
                        nearest2 = reach2;
                        neighbour_[i] = j;
                    }
                }
            });
        bound2_[i] = nearest2;
    }

    /// Adds the shortest edge of each component. \returns false when none has one
    bool join(std::vector<ReachabilityEdge>& edges) {
        parallel_for_each(n_, kGrain, [&](std::size_t i) {
            const std::uint32_t mine = component_[i];
            if (neighbour_[i] != kNone &&
                bound2_[i] == shortest2_[mine].load(std::memory_order_relaxed)) {
                lower(winner_[mine], static_cast<std::uint32_t>(i));
            }
        });
        const std::size_t before = edges.size();
        for (std::uint32_t component = 0; component < n_; ++component) {
            const std::uint32_t i = winner_[component].load(std::memory_order_relaxed);
            if (i != kNone && !sets_.same(i, neighbour_[i])) {
                sets_.join(i, neighbour_[i]);
                edges.push_back({bound2_[i], i, neighbour_[i]});
            }
        }
        return edges.size() > before;
    }

    /// What is left is too far apart for squares of doubles: one step, at no finite distance.
    void join_the_endless(std::vector<ReachabilityEdge>& edges) {
        for (std::uint32_t i = 1; i < n_; ++i) {
            if (!sets_.same(0, i)) {
                sets_.join(0, i);
                edges.push_back({kInfinity, 0, i});
            }
        }
    }

    const KdTree<D>& tree_;
    std::span<const double> core2_;
    std::uint32_t n_;
    UnionFind sets_;
    std::vector<std::uint32_t> component_;       ///< by entry
    std::vector<std::uint32_t> node_component_;  ///< by node, kNone where several meet
    std::vector<double> node_core2_;             ///< by node: the least
    std::vector<std::uint32_t> neighbour_;       ///< by entry: the nearest outside, if known
    std::vector<double> bound2_;                 ///< by entry: to the neighbour, or a lower bound
    std::vector<std::atomic<double>> shortest2_; ///< by component
    std::vector<std::atomic<std::uint32_t>> winner_; ///< by component: where its edge starts
};

} // namespace

template <std::size_t D>
std::vector<double> core_distances2(const KdTree<D>& tree, const Places<D>& places,
                                    std::uint32_t min_samples) {
    std::vector<std::uint32_t> weight(tree.size());
    for (std::size_t i = 0; i < tree.size(); ++i) {
        weight[i] = places.weight[tree.place()[i]];
    }
    std::vector<double> core2(tree.size());
    parallel_ranges(tree.size(), kGrain, [&](std::size_t first, std::size_t last) {
        NearestWeight nearest(min_samples);
        for (std::size_t i = first; i < last; ++i) {
            nearest.clear();
            const Position<D> at = tree.at_m()[i];
            tree.walk(
                at, [&] { return nearest.distance2(); }, [](std::size_t) { return true; },
                [&](std::uint32_t begin, std::uint32_t end) {
                    for (std::uint32_t j = begin; j < end; ++j) {
                        nearest.add(distance2(at, tree.at_m()[j]), weight[j]);
                    }
                });
            core2[i] = nearest.distance2();
        }
    });
    return core2;
}

template <std::size_t D>
std::vector<ReachabilityEdge> reachability_tree(const KdTree<D>& tree,
                                                std::span<const double> core_distance2) {
    std::vector<ReachabilityEdge> edges = Boruvka<D>(tree, core_distance2).run();
    std::sort(edges.begin(), edges.end(), [](const ReachabilityEdge& a, const ReachabilityEdge& b) {
        return a.reach2 < b.reach2;
    });
    return edges;
}

template std::vector<double> core_distances2(const KdTree<2>&, const Places<2>&, std::uint32_t);
template std::vector<double> core_distances2(const KdTree<3>&, const Places<3>&, std::uint32_t);
template std::vector<ReachabilityEdge> reachability_tree(const KdTree<2>&, std::span<const double>);
template std::vector<ReachabilityEdge> reachability_tree(const KdTree<3>&, std::span<const double>);

} // namespace icmap::cluster
