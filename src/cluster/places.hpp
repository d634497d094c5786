#pragma once

#include "cluster/dbscan.hpp"

#include <cstdint>
#include <vector>

namespace icmap::cluster {

/// Points with repeats merged, without gaps, near ones mostly near in memory.
struct Places {
    std::vector<double> x_m;
    std::vector<double> y_m;
    std::vector<std::uint32_t> weight;      ///< stays at the greatest value when beyond
    std::vector<std::uint32_t> first_index; ///< the lowest index of a point that stands here
    std::vector<std::uint32_t> of_point;    ///< by point: its place

    [[nodiscard]] std::size_t size() const { return x_m.size(); }
};

/// Merges points that stand on one spot.
/// \param points checked already
/// \returns the same places at any thread count
/// \complexity O(n) expected
[[nodiscard]] Places merge_places(const Points& points);

} // namespace icmap::cluster
