#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/item_lists.hpp"
#include "store/connection.hpp"

namespace icmap::describe {

/// Lists the support that fits each cluster: programmes for its sector (or one above it, or the
/// Industrial Strategy sector it belongs to) or for every sector, in an area that holds at least a
/// tenth of its sites or everywhere. The closest fit comes first: sector and area, then sector,
/// then area, then any; of one kind by name. Reads support, sector, area, describe_ground and
/// describe_cluster.
[[nodiscard]] Result<void> list_support(store::Connection& connection, const ClusterTable& clusters,
                                        std::size_t length, ItemLists& lists);

} // namespace icmap::describe
