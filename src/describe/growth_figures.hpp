#pragma once

#include "describe/context.hpp"
#include "describe/figure_table.hpp"
#include "describe/tallies.hpp"

#include <span>

namespace icmap::describe {

/// Tells growth in jobs, like for like: of the enterprises that report both in their newest
/// accounts and in those of one and of five years before.
void tell_growth(const Context& context, const ClusterTable& clusters,
                 std::span<const Tally> tallies, const TellingDate& date, FigureTable& figures);

} // namespace icmap::describe
