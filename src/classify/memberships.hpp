#pragma once

#include "classify/taxonomy.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace icmap::classify {

/// How many firms firm_sector puts where.
struct MembershipCounts {
    std::vector<std::uint64_t> of_sector; ///< by sector_id
    std::uint64_t memberships = 0;        ///< rows of firm_sector
    std::uint64_t firms_in_a_sector = 0;
};

/// Brings all ways into a sector together. Reads the codes in firm and classify_other (one row per
/// firm and sector that anything but a code speaks for); writes firm_sector, one row per firm and
/// sector, by sector, then firm. Of several codes the firm's first speaks; a firm of a sub-sector
/// is in every sector above it, through the sub-sector with the lowest number.
/// \param beside a connection on which the codes are read meanwhile; null: there is none
/// \param find_other_ways fills classify_other
/// \complexity linear in firms and rows written
[[nodiscard]] Result<MembershipCounts>
write_memberships(store::Connection& connection, store::Connection* beside,
                  const Definitions& definitions,
                  const std::function<Result<void>()>& find_other_ways);

} // namespace icmap::classify
