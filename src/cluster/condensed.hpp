#pragma once

#include "cluster/dendrogram.hpp"

#include <cstdint>
#include <vector>

namespace icmap::cluster {

/// When the points of a set below `min_cluster_size` leave the cluster it parts from.
enum class HdbscanLeaving : std::uint8_t {
    together, ///< at once, as the paper has it and the Python packages do
    alone,    ///< each when it is alone, or when the cluster parts, as R's dbscan does
};

/// A cluster of the condensed tree. Lambda is one over a distance in metres.
struct CondensedCluster {
    std::int32_t parent; ///< -1 for the root; lower than the cluster's own number
    double birth_lambda; ///< where it parts from its parent; 0 for the root
    double death_lambda; ///< the greatest at which a point of it or of those below it leaves
    double stability;    ///< sum over points of (lambda of leaving it - birth)
    std::uint64_t size;  ///< weight at birth
    double extent_m;     ///< at birth; see Dendrogram
    bool is_leaf;        ///< no cluster parts from it
};

/// The hierarchy with every set below `min_cluster_size` taken as points that leave.
struct CondensedTree {
    std::vector<CondensedCluster> cluster; ///< root first, parents before children; none: no points
    std::vector<std::int32_t> cluster_of;  ///< by entry: the cluster it leaves for noise
    std::vector<double> lambda_of;         ///< by entry: where it leaves
};

/// \param min_cluster_size at least 1
/// \complexity O(n)
/// \source Campello, Moulavi, Zimek, Sander (2015), section 5; deviations: sets that part at the
///         same length part at once; repeats of a point leave together at their core distance;
///         lambda of a zero distance is that of the least distance above zero, so that no
///         stability is infinite
[[nodiscard]] CondensedTree condense(const Dendrogram& dendrogram, std::uint64_t min_cluster_size,
                                     HdbscanLeaving leaving = HdbscanLeaving::together);

} // namespace icmap::cluster
