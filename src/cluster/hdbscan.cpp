#include "cluster/hdbscan.hpp"

#include "cluster/check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace icmap::cluster {
namespace {

/// Chooses clusters of a condensed tree.
class Selector {
  public:
    Selector(const CondensedTree& tree, const HdbscanOptions& options)
        : tree_(tree), options_(options), is_taken_(tree.cluster.size(), false) {}

    /// \returns by cluster: the taken cluster that it is or lies in, or -1
    std::vector<std::int32_t> run() {
        options_.selection == HdbscanSelection::eom ? take_most_stable() : take_leaves();
        if (options_.selection_epsilon.value > 0.0) {
            rise_to_epsilon();
        }
        std::vector<std::int32_t> taken(tree_.cluster.size(), -1);
        for (std::size_t c = 1; c < tree_.cluster.size(); ++c) {
            const std::int32_t above = taken[static_cast<std::size_t>(tree_.cluster[c].parent)];
            taken[c] = above >= 0 ? above : is_taken_[c] ? static_cast<std::int32_t>(c) : -1;
        }
        return taken;
    }

  private:
    [[nodiscard]] bool may_be_taken(std::size_t c) const {
        const double most = options_.max_extent.value;
        return c > 0 && (most == 0.0 || tree_.cluster[c].extent_m <= most);
    }

    void take_leaves() {
        for (std::size_t c = 1; c < tree_.cluster.size(); ++c) {
            is_taken_[c] = tree_.cluster[c].is_leaf && may_be_taken(c);
        }
    }

    /// From the leaves up: a cluster or the best of what parts from it, whichever is more stable.
    /// The highest taken counts, so that those below need not be given back.
    void take_most_stable() {
        std::vector<double> below(tree_.cluster.size(), 0.0);
        for (std::size_t c = tree_.cluster.size(); c-- > 1;) {
            const double own = tree_.cluster[c].stability;
            is_taken_[c] = may_be_taken(c) && own >= below[c];
            below[static_cast<std::size_t>(tree_.cluster[c].parent)] +=
                is_taken_[c] ? own : below[c];
        }
    }

    /// Replaces each taken cluster that parts below epsilon by its nearest ancestor that does not,
    /// as far as that may be taken.
    void rise_to_epsilon() {
        std::vector<bool> risen(tree_.cluster.size(), false);
        std::vector<bool> is_below(tree_.cluster.size(), false); // below a taken one
        for (std::size_t c = 1; c < tree_.cluster.size(); ++c) {
            const auto parent = static_cast<std::size_t>(tree_.cluster[c].parent);
            is_below[c] = is_below[parent] || is_taken_[parent];
            if (!is_taken_[c] || is_below[c]) {
                continue;
            }
            std::size_t at = c;
            while (1.0 / tree_.cluster[at].birth_lambda < options_.selection_epsilon.value) {
                const auto above = static_cast<std::size_t>(tree_.cluster[at].parent);
                if (!may_be_taken(above)) {
                    break;
                }
                at = above;
            }
            risen[at] = true;
        }
        is_taken_ = std::move(risen);
    }

    const CondensedTree& tree_;
    const HdbscanOptions& options_;
    std::vector<bool> is_taken_;
};

/// Turns the taken clusters into numbers by lowest point, and the tree into values of points.
template <std::size_t D>
class Describer {
  public:
    Describer(const HierarchyIn<D>& hierarchy, const CondensedTree& tree,
              const std::vector<std::int32_t>& taken)
        : hierarchy_(hierarchy), tree_(tree), taken_(taken),
          entry_of_place_(hierarchy.places().size()) {
        for (std::size_t i = 0; i < entry_of_place_.size(); ++i) {
            entry_of_place_[hierarchy.tree().place()[i]] = static_cast<std::uint32_t>(i);
        }
    }

    HdbscanLabels run() {
        const std::vector<std::uint32_t>& of_point = hierarchy_.places().of_point;
        HdbscanLabels labels;
        std::vector<std::int32_t> number(tree_.cluster.size(), -1);
        for (const std::uint32_t place : of_point) {
            const std::uint32_t entry = entry_of_place_[place];
            const auto home = static_cast<std::size_t>(tree_.cluster_of[entry]);
            const double lambda = tree_.lambda_of[entry];
            labels.outlier_score.push_back(1.0 - share(lambda, tree_.cluster[home].death_lambda));
            const std::int32_t taken = taken_[home];
            if (taken < 0) {
                labels.label.push_back(-1);
                labels.strength.push_back(0.0);
                continue;
            }
            const CondensedCluster& cluster = tree_.cluster[static_cast<std::size_t>(taken)];
            std::int32_t& mine = number[static_cast<std::size_t>(taken)];
            if (mine < 0) {
                mine = labels.cluster_count++;
                labels.stability.push_back(cluster.stability);
                labels.birth_m.push_back(1.0 / cluster.birth_lambda);
            }
            labels.label.push_back(mine);
            labels.strength.push_back(share(lambda, cluster.death_lambda));
        }
        return labels;
    }

  private:
    static double share(double lambda, double most) { return most > 0.0 ? lambda / most : 1.0; }

    const HierarchyIn<D>& hierarchy_;
    const CondensedTree& tree_;
    const std::vector<std::int32_t>& taken_;
    std::vector<std::uint32_t> entry_of_place_;
};

Result<void> check_length(Metres length, const char* name) {
    if (!(length.value >= 0.0) || std::isinf(length.value)) {
        return input_error(fmt::format("{} is {}, not a length", name, length.value),
                           "Set it to metres, or to 0 for no limit");
    }
    return {};
}

} // namespace

Result<void> check_hdbscan(const HdbscanOptions& options) {
    if (options.min_cluster_size < 2) {
        return input_error(fmt::format("min_cluster_size is {}, below 2", options.min_cluster_size),
                           "Set a whole number above one, for example 10");
    }
    ICMAP_TRY(check_length(options.selection_epsilon, "selection_epsilon"));
    return check_length(options.max_extent, "max_extent");
}

std::uint32_t samples_of(const HdbscanOptions& options) {
    return options.min_samples > 0 ? options.min_samples : options.min_cluster_size;
}

Result<HdbscanLabels> hdbscan(Points points, HdbscanOptions options) {
    ICMAP_TRY(check_hdbscan(options));
    ICMAP_ASSIGN(const Hierarchy hierarchy, Hierarchy::make(points, samples_of(options)));
    return hdbscan(hierarchy, options);
}

template <std::size_t D>
Result<HdbscanLabels> hdbscan(const HierarchyIn<D>& hierarchy, HdbscanOptions options) {
    ICMAP_TRY(check_hdbscan(options));
    if (hierarchy.places().size() == 0) {
        return HdbscanLabels{};
    }
    const CondensedTree tree =
        condense(make_dendrogram(hierarchy), options.min_cluster_size, options.leaving);
    const std::vector<std::int32_t> taken = Selector(tree, options).run();
    return Describer<D>(hierarchy, tree, taken).run();
}

template Result<HdbscanLabels> hdbscan(const HierarchyIn<2>&, HdbscanOptions);
template Result<HdbscanLabels> hdbscan(const HierarchyIn<3>&, HdbscanOptions);

} // namespace icmap::cluster
