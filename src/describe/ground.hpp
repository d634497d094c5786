#pragma once

#include "base/result.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::describe {

/// The areas of every level that each location of the register lies in.
struct Ground {
    Lists<std::uint32_t> areas;             ///< area_ids of each location
    std::vector<std::uint8_t> is_authority; ///< by area_id: a local authority (lower_tier)
};

/// Reads site_area; sites of one position have the same areas, so that those of the first
/// one say it.
[[nodiscard]] Result<Ground> read_ground(store::Connection& connection, const RegisterColumns& all);

/// Member sites of one cluster: (area_id, sites), by area.
using AreaSites = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The areas of each cluster. \complexity linear in the areas of its locations, over all threads
[[nodiscard]] std::vector<AreaSites> count_by_area(const Ground& ground,
                                                   const MemberLocations& members);

/// Fills describe_ground. \param sites_by_area of each cluster
[[nodiscard]] Result<void> write_ground(store::Connection& connection, const ClusterTable& clusters,
                                        std::span<const AreaSites> sites_by_area);

} // namespace icmap::describe
