#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::demo {

/// How well an engine's answer agrees with the planted truth. Pure functions: labels and links in,
/// figures out.

/// Label of a point that is in no cluster.
inline constexpr std::int64_t kNoCluster = -1;

/// Agreement of two partitions of the same points beyond chance: 1 = the same, about 0 = as by
/// chance, negative = worse. Every point of no cluster counts as a cluster of its own, so that
/// finding noise where there is noise is neither rewarded nor punished in bulk.
/// \param truth, found one label a point, kNoCluster or any other number; same length
/// \returns 1 for empty or trivially equal partitions
/// \complexity n log n
/// \source Hubert and Arabie (1985), Comparing partitions, J. Classification 2, eq. 5
[[nodiscard]] double adjusted_rand_index(std::span<const std::int64_t> truth,
                                         std::span<const std::int64_t> found);

struct ClusterScore {
    std::size_t planted = 0;
    std::size_t found = 0;          ///< planted clusters that some cluster matches
    std::size_t clusters = 0;       ///< clusters the engine drew
    std::size_t false_clusters = 0; ///< of those, matching no planted one at all
    double mean_jaccard = 0.0;      ///< of each planted cluster with its best match, 0 when none
};

/// Which planted clusters were found: a planted cluster is found when the engine has a cluster
/// whose members have a Jaccard index with it of at least `least_jaccard`. A cluster of the engine
/// is false when fewer than `least_overlap` of its members are planted in any one cluster.
/// \param truth, found one label a point, as above
/// \param least_jaccard (0, 1], inclusive \param least_overlap [0, 1], exclusive below
/// \complexity n log n
[[nodiscard]] ClusterScore score_clusters(std::span<const std::int64_t> truth,
                                          std::span<const std::int64_t> found,
                                          double least_jaccard = 0.5, double least_overlap = 0.1);

/// A link from a record to a company: which record, and which company number (empty = none).
struct Link {
    std::string record; ///< any key that is the same in truth and answer, such as "file:row"
    std::string company_number;
};

struct LinkScore {
    std::size_t true_links = 0; ///< records that have a true company
    std::size_t made = 0;       ///< links the engine made
    std::size_t right = 0;      ///< of those, to the true company
    double precision = 1.0;     ///< right / made, 1 when none was made
    double recall = 1.0;        ///< right / true_links, 1 when there is nothing to link
};

/// Precision and recall of links. A link of a record that the truth does not list is a wrong link.
/// \param truth, found at most one link a record each; empty company numbers are ignored
/// \complexity n log n
[[nodiscard]] LinkScore score_links(std::span<const Link> truth, std::span<const Link> found);

} // namespace icmap::demo
