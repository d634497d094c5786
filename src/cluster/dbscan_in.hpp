#pragma once

#include "cluster/space.hpp"

namespace icmap::cluster {

/// `dbscan` in the plane or around the centre of the Earth.
/// \param points,min_points checked already
/// \param eps_m straight, checked already
template <std::size_t D>
[[nodiscard]] Labels dbscan_in(const PointsIn<D>& points, double eps_m, std::uint32_t min_points);

} // namespace icmap::cluster
