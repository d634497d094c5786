#pragma once

#include "describe/cluster_table.hpp"
#include "describe/figure_table.hpp"
#include "describe/tallies.hpp"

#include <span>

namespace icmap::describe {

/// Tells size, structure and age of every cluster. Reads describe_context.
/// \param sector_sites sites of each sector in the whole register
[[nodiscard]] Result<void> tell_sizes(store::Connection& connection, const ClusterTable& clusters,
                                      std::span<const Tally> tallies,
                                      std::span<const double> sector_sites, FigureTable& figures);

} // namespace icmap::describe
