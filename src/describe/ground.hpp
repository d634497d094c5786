#pragma once

#include "base/result.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
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

/// Fills describe_ground: member sites of each cluster by area.
[[nodiscard]] Result<void> write_ground(store::Connection& connection, const Ground& ground,
                                        const Members& members);

} // namespace icmap::describe
