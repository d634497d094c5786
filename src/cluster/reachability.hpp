#pragma once

#include "cluster/kd_tree.hpp"

#include <cstdint>
#include <vector>

namespace icmap::cluster {

/// An edge of the minimum spanning tree between two entries of the kd-tree.
struct ReachabilityEdge {
    double reach2; ///< squared mutual reachability distance; infinity beyond what doubles square
    std::uint32_t a;
    std::uint32_t b;
};

/// By entry: the least squared distance within which the weight, the entry's own included, is at
/// least `min_samples`; infinity when all weight together is less.
/// \complexity O(n (log n + min_samples)) for points that are not all far apart alike
template <std::size_t D>
[[nodiscard]] std::vector<double> core_distances2(const KdTree<D>& tree, const Places<D>& places,
                                                  std::uint32_t min_samples);

/// A minimum spanning tree by mutual reachability distance, the greatest of the two core distances
/// and the distance between the two. Which of several equally short trees it is may vary with the
/// threads; the components below any length do not.
/// \returns one edge less than entries, ascending by length
/// \complexity O(n log n) expected
/// \source Boruvka (1926) over a kd-tree as in March, Ram, Gray (2010); deviations: one search a
///         point, which keeps its last neighbour and a lower bound between the rounds
template <std::size_t D>
[[nodiscard]] std::vector<ReachabilityEdge>
reachability_tree(const KdTree<D>& tree, std::span<const double> core_distance2);

} // namespace icmap::cluster
