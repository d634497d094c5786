#pragma once

#include "base/result.hpp"
#include "publish/export.hpp"
#include "store/connection.hpp"

#include <string>
#include <string_view>

namespace icmap::publish {

/// An SQL expression that writes a figure with the digits it is worth: jobs, pounds, counts and
/// years as whole numbers, flags as booleans, shares with six decimals, other units with three more
/// decimals than the page shows; a plain number, which may be the tiniest chance, with four digits
/// that count.
[[nodiscard]] std::string rounded_figure(std::string_view expression, std::string_view measure,
                                         std::string_view unit, int decimals);

/// Makes the temporary table export_figures: one column per figure asked for, its interval where it
/// has one, its coverage where that is not always the whole, and the names of those withheld.
[[nodiscard]] Result<void> pivot_figures(store::Connection& atlas, const ExportRequest& request);

} // namespace icmap::publish
