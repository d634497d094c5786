#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace icmap::describe {

/// Joint publicly funded projects between members, and of members with institutions: rows of
/// cluster_link, by cluster, then the two. The award is what they received in the projects they
/// share.
struct ProjectLinks {
    std::vector<std::uint32_t> cluster_id, from_firm;
    std::vector<std::optional<std::uint32_t>> to_firm, to_asset; ///< one of the two
    std::vector<std::uint32_t> projects;
    std::vector<double> award_gbp; ///< NaN: no amount is known

    [[nodiscard]] Result<void> write(store::Connection& connection) const;
};

[[nodiscard]] ProjectLinks find_links(const ClusterTable& clusters, const EngagedFirms& engaged,
                                      const MoneyColumns& money);

} // namespace icmap::describe
