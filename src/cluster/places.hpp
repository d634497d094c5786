#pragma once

#include "cluster/space.hpp"

#include <cstdint>
#include <vector>

namespace icmap::cluster {

/// Points with repeats merged, without gaps, near ones mostly near in memory.
template <std::size_t D>
struct Places {
    std::vector<Position<D>> at_m;
    std::vector<std::uint32_t> weight;      ///< stays at the greatest value when beyond
    std::vector<std::uint32_t> first_index; ///< the lowest index of a point that stands here
    std::vector<std::uint32_t> of_point;    ///< by point: its place

    [[nodiscard]] std::size_t size() const { return at_m.size(); }
};

/// Merges points that stand on one spot.
/// \param points checked already
/// \returns the same places at any thread count
/// \complexity O(n) expected
template <std::size_t D>
[[nodiscard]] Places<D> merge_places(const PointsIn<D>& points);

} // namespace icmap::cluster
