#pragma once

#include "base/result.hpp"
#include "describe/cluster_names.hpp"
#include "describe/cluster_table.hpp"
#include "describe/cluster_type.hpp"
#include "describe/item_columns.hpp"
#include "store/connection.hpp"

#include <vector>

namespace icmap::describe {

/// Lists the peers of every cluster with what they are alike in. Reads describe_figure,
/// describe_firm, firm and staging.cluster_shape. The value of an entry is its likeness, 1 ÷ (1 +
/// distance).
[[nodiscard]] Result<void> list_peers(store::Connection& connection, const ClusterTable& clusters,
                                      const std::vector<ClusterName>& names,
                                      const std::vector<ClusterType>& types, ItemColumns& items);

} // namespace icmap::describe
