#pragma once

#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"

namespace icmap::cluster {

/// Turns clusters with too few distinct enterprises into noise.
///
/// A group with forty sites is one enterprise: sites do not make a cluster. The points of a dropped
/// cluster get label -1 and core flag 0; the clusters that stay keep their order.
///
/// \param labels a labelling; see `dbscan`
/// \param enterprise by point: whose it is; equal numbers are one enterprise
/// \param min_enterprises least number of distinct enterprises of a cluster, inclusive; at least 1
/// \errors input: `enterprise` not as long as the labels, `min_enterprises` zero
/// \complexity O(n log n)
[[nodiscard]] Result<Labels> drop_small(Labels labels, std::span<const std::uint32_t> enterprise,
                                        std::uint32_t min_enterprises);

/// What `split_wide` answers.
struct SplitLabels {
    Labels labels;
    std::vector<double> eps_m;         ///< by cluster: the radius it was found at
    std::vector<std::uint8_t> is_wide; ///< by cluster: 1 when it is wider than allowed all the same
};

/// The radius of each step of `split_wide` is that of the step before, times this.
inline constexpr double kSplitStep = 0.70710678118654752; // 1 / sqrt(2): half the area

/// `split_wide` takes at most this many steps: down to a sixteenth of the radius.
inline constexpr int kMostSplitSteps = 8;

/// Splits clusters that are too wide by clustering their points again at smaller radii.
///
/// The extent of a cluster is the largest distance between two of its points. A cluster that is
/// wider than `max_extent` is clustered again by itself, only its own points, at the next smaller
/// radius and the same `min_points`; parts that fit stay, parts that do not go on to the next step.
/// Points that are in no part become noise. What is still too wide after the last step is kept and
/// marked. Clusters are numbered by their lowest-index core point.
///
/// \param points,options what the labels were made from
/// \param labels the answer of `dbscan` for them
/// \param max_extent greatest extent, inclusive; above zero
/// \errors input: as `dbscan`; labels not as long as the points; `max_extent` not above zero
/// \complexity O(points in wide clusters) for each step, besides O(n)
[[nodiscard]] Result<SplitLabels> split_wide(Points points, Labels labels, DbscanOptions options,
                                             Metres max_extent);

/// The labels of `split_wide`, for who needs no more of its answer.
/// \param max_extent as there; zero: the labels stay as they are
[[nodiscard]] Result<Labels> narrowed(Points points, Labels labels, DbscanOptions options,
                                      Metres max_extent);

/// The labels of `hdbscan` in the form of the other methods. There is no border there: every member
/// is at the density of its cluster, and counts as core.
[[nodiscard]] Labels without_border(HdbscanLabels found);

/// Numbers clusters anew, in the order of their lowest-index core point; a cluster without points
/// loses its number.
/// \returns by old number: the new one, or -1
std::vector<std::int32_t> renumber(Labels& labels);

} // namespace icmap::cluster
