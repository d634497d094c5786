#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/describe.hpp"
#include "describe/figure_table.hpp"
#include "describe/item_lists.hpp"
#include "store/connection.hpp"

namespace icmap::describe {

struct WhereMembersAre {
    const Locations& locations;
    const MemberLocations& of_cluster;
};

/// Lists the universities and research organisations near each cluster (top_institution) and the
/// other institutions, and tells how far the nearest of the first is. Reads asset.
[[nodiscard]] Result<void> list_institutions(store::Connection& connection,
                                             const DescribeOptions& options,
                                             const WhereMembersAre& members, FigureTable& figures,
                                             ItemLists& lists);

} // namespace icmap::describe
