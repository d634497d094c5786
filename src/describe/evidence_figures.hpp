#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "describe/context.hpp"
#include "describe/figure_table.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <vector>

namespace icmap::describe {

/// What shows that firms are active in research and innovation, besides money.
struct EvidenceColumns {
    std::vector<std::uint8_t> is_active; ///< by firm_id: it has evidence inside the window
    Lists<std::uint32_t> patents;        ///< by firm_id: numbers of patents up to the telling date
};

/// Reads describe_active and patent.
[[nodiscard]] Result<EvidenceColumns> read_evidence(store::Connection& connection,
                                                    std::size_t firms);

/// How many enterprises of each cluster are active.
[[nodiscard]] std::vector<std::uint32_t> count_active(const EngagedFirms& engaged,
                                                      const EvidenceColumns& evidence);

/// Tells who is active in research, development and innovation: shares of enterprises, never of
/// sites.
void tell_activity(const Context& context, const ClusterTable& clusters,
                   const EngagedFirms& engaged, const EvidenceColumns& evidence,
                   const MoneyColumns& money, FigureTable& figures);

} // namespace icmap::describe
