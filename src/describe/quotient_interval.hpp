#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::describe {

/// What the location quotient of one cluster is made of. Sites are counted, not jobs.
struct QuotientCounts {
    /// The cluster's enterprises by how many of their sites are members: (sites, enterprises).
    std::vector<std::pair<std::uint32_t, std::uint32_t>> enterprises_by_sites;
    double local_sites = 0.0;  ///< of any sector inside the outline
    double sector_sites = 0.0; ///< of the sector in the whole register
    double all_sites = 0.0;    ///< in the whole register
};

/// A figure with a 95 % interval; NaN where it cannot be said.
struct Interval {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// The location quotients with percentile intervals from a Poisson bootstrap: in each replicate
/// every enterprise of the cluster counts a Poisson(1) number of times with all its sites, because
/// the sites of one enterprise do not speak independently; the other sites inside, those of the
/// sector outside and all others are drawn as Poisson counts.
/// \param replicates at least 99
/// \returns one interval a cluster, the same for the same seed on any number of threads
/// \complexity replicates × distinct site counts a cluster
[[nodiscard]] std::vector<Interval> quotient_intervals(std::span<const QuotientCounts> clusters,
                                                       int replicates, std::uint64_t seed);

} // namespace icmap::describe
