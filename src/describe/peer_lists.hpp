#pragma once

#include "base/result.hpp"
#include "describe/cluster_names.hpp"
#include "describe/cluster_table.hpp"
#include "describe/cluster_type.hpp"
#include "describe/figure_table.hpp"
#include "describe/item_lists.hpp"
#include "describe/peers.hpp"
#include "describe/tallies.hpp"
#include "store/connection.hpp"

#include <span>
#include <vector>

namespace icmap::describe {

/// What clusters are compared by.
[[nodiscard]] std::vector<PeerProfile> profiles_of(const ClusterTable& clusters,
                                                   const std::vector<ClusterType>& types,
                                                   std::span<const Tally> tallies,
                                                   const FigureTable& figures);

/// Lists the peers of every cluster (find_peers) with what they are alike in. Reads sector. The
/// value of an entry is its likeness, 1 ÷ (1 + distance).
[[nodiscard]] Result<void> list_peers(store::Connection& connection, const ClusterTable& clusters,
                                      const std::vector<ClusterName>& names,
                                      std::vector<std::vector<Peer>> peers, ItemLists& lists);

} // namespace icmap::describe
