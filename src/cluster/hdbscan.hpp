#pragma once

#include "cluster/condensed.hpp"
#include "cluster/dbscan.hpp"

#include <vector>

namespace icmap::cluster {

/// Which clusters of the condensed tree are taken.
enum class HdbscanSelection : std::uint8_t {
    eom,  ///< excess of mass: those that together are most stable
    leaf, ///< those that no cluster parts from: fine and even
};

struct HdbscanOptions {
    std::uint32_t min_cluster_size = 10; ///< weight, inclusive; at least 2
    std::uint32_t min_samples =
        0; ///< weight that makes a core distance, own included; 0 = as above
    HdbscanSelection selection = HdbscanSelection::eom;
    Metres selection_epsilon{
        0.0};               ///< clusters that part below this distance are not parted; 0 = off
    Metres max_extent{0.0}; ///< longest side of the box around a cluster, inclusive; 0 = any
    HdbscanLeaving leaving = HdbscanLeaving::together;
};

/// What HDBSCAN* finds.
struct HdbscanLabels {
    std::vector<std::int32_t> label;   ///< by point: -1 noise, otherwise in [0, cluster_count)
    std::vector<double> strength;      ///< by point: in [0, 1], 1 at the heart, 0 for noise
    std::vector<double> outlier_score; ///< by point: GLOSH, in [0, 1], 0 at the heart
    std::vector<double> stability;     ///< by cluster
    std::vector<double> birth_m;       ///< by cluster: the distance at which it parts; inf: never
    std::int32_t cluster_count = 0;
};

/// Hierarchical density-based clusters of weighted points (HDBSCAN*).
///
/// Needs no radius: the clusters are those sets that stay together over the widest range of
/// densities. Exact. The root, all points as one, is never a cluster. Clusters are numbered by
/// their lowest-index point. The answer depends on nothing but the points and their order: ties in
/// the tree are taken together (see Dendrogram). At equal stability a cluster goes before those
/// that part from it. A cluster wider than `max_extent` is never taken, those inside it may be.
///
/// \errors input: as `dbscan` for the points; `min_cluster_size` below 2; `selection_epsilon` or
///         `max_extent` negative or not finite
/// \complexity that of `Hierarchy::make`, then O(n)
/// \source Campello, Moulavi, Zimek, Sander (2015), with GLOSH of its section 7;
///         selection_epsilon: Malzer, Baum (2020)
[[nodiscard]] Result<HdbscanLabels> hdbscan(Points points, HdbscanOptions options);

/// As above, on a hierarchy that was made with `min_samples` as its `min_points`: other options
/// cost no new hierarchy. `options.min_samples` is not looked at.
template <std::size_t D>
[[nodiscard]] Result<HdbscanLabels> hdbscan(const HierarchyIn<D>& hierarchy,
                                            HdbscanOptions options);

/// Refuses options that `hdbscan` cannot work with.
[[nodiscard]] Result<void> check_hdbscan(const HdbscanOptions& options);

/// The weight that makes a core distance: `min_samples`, or `min_cluster_size` where that is 0.
[[nodiscard]] std::uint32_t samples_of(const HdbscanOptions& options);

} // namespace icmap::cluster
