#pragma once

#include "base/result.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// Points of the plane, one entry per point in every span.
struct Points {
    std::span<const double> x_m;           ///< metres in a planar CRS, finite
    std::span<const double> y_m;           ///< as long as `x_m`
    std::span<const std::uint32_t> weight; ///< how many stand here; empty = 1 each
};

/// What makes a point a core point.
struct DbscanOptions {
    Metres eps{1000.0};            ///< radius, inclusive; 1e-100 to 1e100
    std::uint32_t min_points = 10; ///< weight within `eps`, the point's own included; at least 1
};

/// One entry per point, in the order of the input.
struct Labels {
    std::vector<std::int32_t> label;   ///< -1 noise, otherwise in [0, cluster_count)
    std::vector<std::uint8_t> is_core; ///< 1 core point, 0 border point or noise
    std::int32_t cluster_count = 0;
};

/// Density-based clusters of weighted points (DBSCAN).
///
/// A point is core when the weight within `eps` of it, its own included, is at least `min_points`.
/// Core points within `eps` of each other share a cluster. Any other point within `eps` of a core
/// point is a border point and joins the cluster of its nearest core point, ties to the lowest
/// index. The rest is noise. Clusters are numbered by their lowest-index core point. A point of
/// weight zero adds to no sum but is labelled like any other.
///
/// Exact: two points are within `eps` when dx * dx + dy * dy <= eps * eps in double arithmetic
/// (compare `within` in predicates.hpp); no shortcut decides otherwise. Deterministic: the same
/// points give the same bytes at any thread count.
///
/// \param points at most 2^29 points; any order, repeats allowed (they are merged first)
/// \param options see DbscanOptions
/// \returns labels as long as the input
/// \errors input: spans of unequal length, too many points, a coordinate that is not finite (index
///         and value named), `eps` outside its range or not a number, `min_points` zero
/// \complexity O(n) expected for the merge and the sort into cells, then a constant number of
///             cell pairs per occupied cell; a pair is settled by its first close points
/// \source Ester, Kriegel, Sander, Xu (1996); cells of side eps / sqrt(2) as in Gunawan (2013) and
///         de Berg, Gunawan, Roeloffzen (2017); cells in parallel as in Wang, Gu, Shun (2020).
///         Deviations: weights; border points go to the nearest core point, not to the first found.
[[nodiscard]] Result<Labels> dbscan(Points points, DbscanOptions options);

} // namespace icmap::cluster
