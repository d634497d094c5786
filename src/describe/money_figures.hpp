#pragma once

#include "describe/context.hpp"
#include "describe/figure_table.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"

namespace icmap::describe {

/// Tells public and private money, and where Innovate UK's brings members together. No award at all
/// is nothing received; awards without amounts are not known.
void tell_money(const Context& context, const ClusterTable& clusters, const EngagedFirms& engaged,
                const MoneyColumns& money, FigureTable& figures);

} // namespace icmap::describe
