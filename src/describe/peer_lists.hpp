#pragma once

#include "base/result.hpp"
#include "describe/cluster_names.hpp"
#include "describe/cluster_table.hpp"
#include "describe/cluster_type.hpp"
#include "describe/figure_table.hpp"
#include "describe/item_lists.hpp"
#include "describe/tallies.hpp"
#include "store/connection.hpp"

#include <span>
#include <vector>

namespace icmap::describe {

/// Lists the peers of every cluster with what they are alike in. Reads sector and
/// staging.cluster_shape. The value of an entry is its likeness, 1 ÷ (1 + distance).
[[nodiscard]] Result<void> list_peers(store::Connection& connection, const ClusterTable& clusters,
                                      const std::vector<ClusterName>& names,
                                      const std::vector<ClusterType>& types,
                                      std::span<const Tally> tallies, const FigureTable& figures,
                                      ItemLists& lists);

} // namespace icmap::describe
