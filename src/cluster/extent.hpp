#pragma once

#include "cluster/dbscan.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// The extent of a set of points in the plane: the largest distance between two of them.
/// \param members indices into the points, in any order
/// \returns 0 for fewer than two members
/// \complexity O(n log n), and the square of the corners of the convex hull
[[nodiscard]] Metres extent_of(const Points& points, std::span<const std::uint32_t> members);

/// The same of places, which are put into order and dropped on the way: move them in.
[[nodiscard]] Metres extent_of(std::vector<PlaneXY> places);

/// True if the extent of the members is above `most`: the box around them decides most cases.
/// \complexity O(n), or as `extent_of` where the box is nearly as large as `most`
[[nodiscard]] bool is_wider(const Points& points, std::span<const std::uint32_t> members,
                            Metres most);

} // namespace icmap::cluster
