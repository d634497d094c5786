#include "cluster/hierarchy.hpp"

#include "base/parallel.hpp"
#include "cluster/check.hpp"
#include "cluster/sphere.hpp"
#include "cluster/union_find.hpp"

#include <algorithm>
#include <limits>

namespace icmap::cluster {
namespace {

constexpr std::size_t kGrain = 1024;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// The clusters of a hierarchy at one radius.
template <std::size_t D>
class Cut {
  public:
    Cut(const HierarchyIn<D>& hierarchy, double eps2)
        : places_(hierarchy.places()), tree_(hierarchy.tree()), core2_(hierarchy.core_distance2()),
          eps2_(eps2), sets_(static_cast<std::uint32_t>(tree_.size())), cluster_(tree_.size(), -1) {
        for (const ReachabilityEdge& edge : hierarchy.edges()) {
            if (!(edge.reach2 <= eps2)) {
                break;
            }
            sets_.join(edge.a, edge.b);
        }
    }

    Labels run() {
        number();
        std::vector<std::int32_t> label(tree_.size());   // by place
        std::vector<std::uint8_t> is_core(tree_.size()); // by place
        parallel_for_each(tree_.size(), kGrain, [&](std::size_t i) {
            const std::uint32_t place = tree_.place()[i];
            is_core[place] = core2_[i] <= eps2_ ? 1 : 0;
            label[place] = is_core[place] == 1 ? cluster_[sets_.find(static_cast<std::uint32_t>(i))]
                                               : border_label(i);
        });
        const std::size_t n = places_.of_point.size();
        Labels labels{std::vector<std::int32_t>(n), std::vector<std::uint8_t>(n), count_};
        for (std::size_t i = 0; i < n; ++i) {
            labels.label[i] = label[places_.of_point[i]];
            labels.is_core[i] = is_core[places_.of_point[i]];
        }
        return labels;
    }

  private:
    /// Numbers the sets of core entries by their lowest point.
    void number() {
        std::vector<std::uint32_t> lowest(tree_.size(), kNone);
        std::vector<std::uint32_t> roots;
        for (std::uint32_t i = 0; i < tree_.size(); ++i) {
            if (core2_[i] <= eps2_) {
                const std::uint32_t root = sets_.find(i);
                if (lowest[root] == kNone) {
                    roots.push_back(root);
                }
                lowest[root] = std::min(lowest[root], places_.first_index[tree_.place()[i]]);
            }
        }
        std::sort(roots.begin(), roots.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return lowest[a] < lowest[b]; });
        for (const std::uint32_t root : roots) {
            cluster_[root] = count_++;
        }
    }

    /// The cluster of the nearest core entry within the radius, ties to the lowest index.
    [[nodiscard]] std::int32_t border_label(std::size_t entry) {
        const Position<D> at = tree_.at_m()[entry];
        double nearest2 = eps2_;
        std::uint32_t index = kNone;
        std::uint32_t nearest = kNone;
        tree_.walk(
            at, [&] { return nearest2; }, [](std::size_t) { return true; },
            [&](std::uint32_t begin, std::uint32_t end) {
                for (std::uint32_t j = begin; j < end; ++j) {
                    const double d2 = distance2(at, tree_.at_m()[j]);
                    const std::uint32_t first = places_.first_index[tree_.place()[j]];
                    if (core2_[j] <= eps2_ &&
                        (d2 < nearest2 || (d2 == nearest2 && first < index))) {
                        nearest2 = d2;
                        index = first;
                        nearest = j;
                    }
                }
            });
        return nearest == kNone ? -1 : cluster_[sets_.find(nearest)];
    }

    const Places<D>& places_;
    const KdTree<D>& tree_;
    std::span<const double> core2_;
    double eps2_;
    UnionFind sets_;                    ///< of entries
    std::vector<std::int32_t> cluster_; ///< by root
    std::int32_t count_ = 0;
};

} // namespace

template <std::size_t D>
Result<HierarchyIn<D>> HierarchyIn<D>::make(Points points,
                                            std::uint32_t min_points) requires(D == 2) {
    ICMAP_TRY(check_positive(min_points, "min_points"));
    ICMAP_TRY(check_points(points));
    // Looked at by clang for every D when the class is made whole.
    if constexpr (D == 2) {
        return of(in_plane(points), min_points);
    } else {
        return internal_error("points of the plane are no points of the sphere");
    }
}

template <std::size_t D>
HierarchyIn<D> HierarchyIn<D>::of(const PointsIn<D>& points, std::uint32_t min_points) {
    Places<D> places = merge_places(points);
    KdTree<D> tree(places);
    HierarchyIn hierarchy(std::move(places), std::move(tree));
    if (hierarchy.places_.size() > 0) {
        hierarchy.core2_ = core_distances2(hierarchy.tree_, hierarchy.places_, min_points);
        hierarchy.edges_ = reachability_tree(hierarchy.tree_, hierarchy.core2_);
    }
    return hierarchy;
}

template <std::size_t D>
Result<Labels> HierarchyIn<D>::labels_at(Metres eps) const {
    ICMAP_TRY(check_radius(eps, "eps"));
    if (places_.size() == 0) {
        return Labels{};
    }
    const double eps_m = straight_m<D>(eps.value);
    return Cut<D>(*this, eps_m * eps_m).run();
}

template class HierarchyIn<2>;
template class HierarchyIn<3>;

Result<std::vector<Labels>> dbscan_ladder(Points points, std::span<const Metres> radii,
                                          std::uint32_t min_points) {
    for (const Metres radius : radii) {
        ICMAP_TRY(check_radius(radius, "eps"));
    }
    ICMAP_ASSIGN(const Hierarchy hierarchy, Hierarchy::make(points, min_points));
    std::vector<Labels> ladder;
    for (const Metres radius : radii) {
        ICMAP_ASSIGN(Labels labels, hierarchy.labels_at(radius));
        ladder.push_back(std::move(labels));
    }
    return ladder;
}

} // namespace icmap::cluster
