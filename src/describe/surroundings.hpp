#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "geo/banded_edges.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

/// The borders of each outline.
using Borders = std::vector<std::vector<geo::Edge>>;

/// Reads the outlines, in degrees.
/// \errors internal: an outline that is none
[[nodiscard]] Result<Borders> borders_of(const ClusterTable& clusters);

/// The number of sites of any sector inside each outline, borders included.
/// \param by_place the outlines, neighbours one after the other
/// \complexity as geo::PointRows for each outline, over all threads
[[nodiscard]] std::vector<std::uint64_t> sites_inside(const Borders& borders,
                                                      std::span<const std::uint32_t> by_place,
                                                      const Locations& locations);

/// Of each cluster the firms of its sector that are no longer active and whose site, known to the
/// postcode unit at least, lies inside its outline; at mass-registration addresses only where the
/// project counts those. Each firm once, ascending.
[[nodiscard]] Result<Lists<std::uint32_t>> find_former_firms(store::Connection& connection,
                                                             const Members& members,
                                                             const Borders& borders,
                                                             const RegisterColumns& all);

struct NearInstitution {
    std::uint32_t asset = 0; ///< index into the positions given
    double distance_m = 0.0; ///< to the nearest member
};

/// For each cluster the institutions within `reach` of a member, and in any case the nearest one;
/// nearest first, ties by index.
[[nodiscard]] std::vector<std::vector<NearInstitution>>
near_institutions(const Locations& locations, const MemberLocations& members,
                  std::span<const PlaneXY> institutions, Metres reach);

} // namespace icmap::describe
