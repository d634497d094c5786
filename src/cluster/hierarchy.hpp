#pragma once

#include "cluster/kd_tree.hpp"
#include "cluster/reachability.hpp"

namespace icmap::cluster {

/// The clusters of points at every radius at once: one structure, made once, that answers for any
/// radius in time linear in the places. Basis of `hdbscan` and of live re-clustering.
template <std::size_t D>
class HierarchyIn {
  public:
    /// \param points as `dbscan`
    /// \param min_points as `dbscan`; `hdbscan` calls it `min_samples`
    /// \errors input: as `dbscan`
    /// \complexity O(n log n) expected
    [[nodiscard]] static Result<HierarchyIn> make(Points points,
                                                  std::uint32_t min_points) requires(D == 2);

    /// As `make`, for what is checked already.
    [[nodiscard]] static HierarchyIn of(const PointsIn<D>& points, std::uint32_t min_points);

    /// The same bytes as `dbscan(points, {eps, min_points})`, or `dbscan_on_sphere`.
    /// \errors input: `eps` outside its range
    /// \complexity O(places) joins and one search for each place that is not core
    [[nodiscard]] Result<Labels> labels_at(Metres eps) const;

    [[nodiscard]] const Places<D>& places() const { return places_; }
    [[nodiscard]] const KdTree<D>& tree() const { return tree_; }
    /// By entry of the tree: squared.
    [[nodiscard]] std::span<const double> core_distance2() const { return core2_; }
    /// The minimum spanning tree, ascending; entries of the tree.
    [[nodiscard]] std::span<const ReachabilityEdge> edges() const { return edges_; }

  private:
    HierarchyIn(Places<D> places, KdTree<D> tree)
        : places_(std::move(places)), tree_(std::move(tree)) {}

    Places<D> places_;
    KdTree<D> tree_;
    std::vector<double> core2_;
    std::vector<ReachabilityEdge> edges_;
};

/// In the plane.
using Hierarchy = HierarchyIn<2>;

/// The labels of `dbscan` at each of several radii, from one structure.
/// \errors input: as `dbscan`
/// \complexity one `Hierarchy`, then linear for each radius
[[nodiscard]] Result<std::vector<Labels>>
dbscan_ladder(Points points, std::span<const Metres> radii, std::uint32_t min_points);

} // namespace icmap::cluster
