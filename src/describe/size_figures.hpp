#pragma once

#include "describe/cluster_table.hpp"
#include "describe/context.hpp"
#include "describe/figure_table.hpp"
#include "describe/tallies.hpp"

#include <span>

namespace icmap::describe {

/// Tells size, structure and age of every cluster.
/// \param sector_sites sites of each sector in the whole register
void tell_sizes(const Context& context, const ClusterTable& clusters,
                std::span<const Tally> tallies, std::span<const double> sector_sites,
                FigureTable& figures);

} // namespace icmap::describe
