#include "cluster/condensed.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::cluster {
namespace {

class Condenser {
  public:
    Condenser(const Dendrogram& dendrogram, std::uint64_t min_cluster_size, HdbscanLeaving leaving)
        : dendrogram_(dendrogram), min_cluster_size_(min_cluster_size), leaving_(leaving),
          cluster_of_(dendrogram.node_count(), 0), left_at_(dendrogram.node_count(), kStays) {
        double least2 = std::numeric_limits<double>::infinity();
        for (const double reach2 : dendrogram.reach2) {
            least2 = reach2 > 0.0 ? std::min(least2, reach2) : least2;
        }
        least_m_ = std::isinf(least2) ? 1.0 : dendrogram.length_m(least2);
    }

    CondensedTree run() {
        if (dendrogram_.node_count() == 0) {
            return {};
        }
        const std::uint32_t root = dendrogram_.node_count() - 1;
        add_cluster(-1, 0.0, root);
        for (std::uint32_t node = root + 1; node > dendrogram_.leaf_count; --node) {
            part(node - 1);
        }
        take_leaves();
        // Children come after their parents: going back, each death is final when it is passed up.
        for (std::size_t c = tree_.cluster.size() - 1; c > 0; --c) {
            CondensedCluster& parent =
                tree_.cluster[static_cast<std::size_t>(tree_.cluster[c].parent)];
            parent.death_lambda = std::max(parent.death_lambda, tree_.cluster[c].death_lambda);
        }
        return std::move(tree_);
    }

  private:
    static constexpr double kStays = -1.0; ///< in its cluster, as far as is known
    static constexpr double kLeavesAlone =
        -2.0; ///< in a small set that its points leave one by one

    [[nodiscard]] double lambda(double reach2) const {
        return 1.0 / std::max(dendrogram_.length_m(reach2), least_m_);
    }

    std::int32_t add_cluster(std::int32_t parent, double birth, std::uint32_t node) {
        tree_.cluster.push_back(
            {parent, birth, birth, 0.0, dendrogram_.size[node], dendrogram_.extent_m[node], true});
        const auto number = static_cast<std::int32_t>(tree_.cluster.size() - 1);
        part_lambda_.push_back(std::numeric_limits<double>::infinity());
        cluster_of_[node] = number;
        return number;
    }

    void leave(std::int32_t c, std::uint64_t size, double at) {
        CondensedCluster& cluster = tree_.cluster[static_cast<std::size_t>(c)];
        cluster.stability += static_cast<double>(size) * (at - cluster.birth_lambda);
        cluster.death_lambda = std::max(cluster.death_lambda, at);
    }

    template <class Body>
    void for_children(std::uint32_t node, Body&& body) const {
        for (std::uint32_t child = dendrogram_.first_child[node]; child != Dendrogram::kNone;
             child = dendrogram_.next_sibling[child]) {
            body(child);
        }
    }

    /// Hands an inner node's cluster on to its children.
    void part(std::uint32_t node) {
        const std::int32_t c = cluster_of_[node];
        const double at = lambda(dendrogram_.reach2[node]);
        if (left_at_[node] == kStays) {
            shrink(node, c, at);
        } else if (left_at_[node] == kLeavesAlone) {
            for_children(node, [&](std::uint32_t child) { leave_alone(child, c, at); });
        } else {
            for_children(node, [&](std::uint32_t child) {
                cluster_of_[child] = c;
                left_at_[child] = left_at_[node];
            });
        }
    }

    /// A cluster comes to a node: it goes on in the one large child, or parts into several, or
    /// ends.
    void shrink(std::uint32_t node, std::int32_t c, double at) {
        std::size_t large = 0;
        for_children(node, [&](std::uint32_t child) { large += is_large(child, node) ? 1U : 0U; });
        if (large > 1) {
            tree_.cluster[static_cast<std::size_t>(c)].is_leaf = false;
            part_lambda_[static_cast<std::size_t>(c)] = at;
        }
        std::uint64_t leaving = 0;
        for_children(node, [&](std::uint32_t child) {
            cluster_of_[child] = c;
            if (is_large(child, node)) {
                if (large > 1) {
                    add_cluster(c, at, child);
                    leaving += dendrogram_.size[child];
                }
            } else if (leaving_ == HdbscanLeaving::alone) {
                leave_alone(child, c, at);
            } else {
                left_at_[child] = at;
                leaving += dendrogram_.size[child];
            }
        });
        leave(c, leaving, at);
    }

    /// A set too small to be a cluster: a single point leaves, more go on to be parted.
    void leave_alone(std::uint32_t node, std::int32_t c, double at) {
        cluster_of_[node] = c;
        left_at_[node] = kLeavesAlone;
        if (node < dendrogram_.leaf_count && dendrogram_.size[node] <= 1) {
            left_at_[node] = std::min(at, part_lambda_[static_cast<std::size_t>(c)]);
            leave(c, dendrogram_.size[node], left_at_[node]);
        }
    }

    /// A place is no set once its repeats part.
    [[nodiscard]] bool is_large(std::uint32_t child, std::uint32_t node) const {
        return dendrogram_.size[child] >= min_cluster_size_ &&
               (child >= dendrogram_.leaf_count ||
                dendrogram_.reach2[child] < dendrogram_.reach2[node]);
    }

    /// A place of several points whose time has not come yet leaves when its repeats part.
    void take_leaves() {
        tree_.cluster_of.assign(cluster_of_.begin(), cluster_of_.begin() + dendrogram_.leaf_count);
        tree_.lambda_of.resize(dendrogram_.leaf_count);
        for (std::uint32_t leaf = 0; leaf < dendrogram_.leaf_count; ++leaf) {
            if (left_at_[leaf] == kStays || left_at_[leaf] == kLeavesAlone) {
                const std::int32_t c = cluster_of_[leaf];
                left_at_[leaf] = std::min(lambda(dendrogram_.reach2[leaf]),
                                          part_lambda_[static_cast<std::size_t>(c)]);
                leave(c, dendrogram_.size[leaf], left_at_[leaf]);
            }
            tree_.lambda_of[leaf] = left_at_[leaf];
        }
    }

    const Dendrogram& dendrogram_;
    std::uint64_t min_cluster_size_;
    HdbscanLeaving leaving_;
    std::vector<std::int32_t> cluster_of_; ///< by node
    std::vector<double> left_at_;     ///< by node: where it left its cluster, or one of the above
    std::vector<double> part_lambda_; ///< by cluster: where others part from it, or infinity
    double least_m_ = 1.0;
    CondensedTree tree_;
};

} // namespace

CondensedTree condense(const Dendrogram& dendrogram, std::uint64_t min_cluster_size,
                       HdbscanLeaving leaving) {
    return Condenser(dendrogram, min_cluster_size, leaving).run();
}

} // namespace icmap::cluster
