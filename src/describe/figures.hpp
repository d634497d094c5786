#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/collaboration.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "describe/quotient_interval.hpp"
#include "describe/tallies.hpp"
#include "store/connection.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// Sites that count in the whole register, by sector.
[[nodiscard]] std::vector<double> sites_by_sector(const RegisterColumns& all);

/// What the location quotients are made of.
/// \param inside sites of any sector in each outline
/// \param sector_sites sites of each sector in the whole register
[[nodiscard]] std::vector<QuotientCounts> quotient_counts(const ClusterTable& clusters,
                                                          std::span<const Tally> tallies,
                                                          std::span<const std::uint64_t> inside,
                                                          std::span<const double> sector_sites,
                                                          double all_sites);

/// Who met whom in publicly funded projects.
struct ProjectNetwork {
    ProjectSlots slots;
    Lists<std::pair<std::uint32_t, std::uint32_t>> stubs; ///< (firm, project) by cluster
    [[nodiscard]] std::vector<MemberStubs> of_clusters() const;
};
/// Reads participation and project. \param engaged with the awards in `money`
[[nodiscard]] Result<ProjectNetwork>
read_network(store::Connection& connection, const EngagedFirms& engaged, const MoneyColumns& money);

} // namespace icmap::describe
