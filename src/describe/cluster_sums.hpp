#pragma once

#include "describe/cluster_table.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "describe/tallies.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icmap::describe {

/// Rows of cluster_sum: what disclosure control must know of the sums, by cluster, measure and
/// year, no year first.
struct ClusterSums {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint32_t> measure; ///< number in the order of names
    std::vector<std::optional<std::uint32_t>> year;
    std::vector<std::uint32_t> contributors;
    std::vector<double> largest;
    std::vector<double> second;

    [[nodiscard]] Result<void> write(store::Connection& connection) const;
};

/// \complexity linear in what members got and in tallies, over all threads
[[nodiscard]] ClusterSums sum_up(const ClusterTable& clusters, std::span<const Tally> tallies,
                                 const EngagedFirms& engaged, const MoneyColumns& money);

} // namespace icmap::describe
