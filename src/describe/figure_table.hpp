#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// All figures of all clusters, in the order in which they are published: by cluster, then measure.
struct FigureTable {
    static constexpr std::uint32_t kNoReason = 0xFFFFFFFF;
    std::vector<std::string> measures;    ///< in alphabetical order
    std::vector<std::string> reasons;     ///< why figures are missing
    std::vector<std::size_t> first;       ///< figures of cluster i: [first[i], first[i + 1])
    std::vector<std::uint32_t> measure;   ///< index into measures
    std::vector<double> value, low, high; ///< NaN where there is none
    std::vector<double> coverage;
    std::vector<std::uint32_t> reason; ///< index into reasons, or kNoReason

    /// One measure's value of each cluster; NaN where it has none.
    [[nodiscard]] std::vector<double> values_of(std::string_view of) const;
};

/// Reads describe_figure.
[[nodiscard]] Result<FigureTable> read_figures(store::Connection& connection,
                                               const ClusterTable& clusters);

/// A place among the clusters of the same sector; 0: none.
struct Rank {
    std::uint32_t place = 0;
    std::uint32_t of = 0;
};

/// Ranked are measures of which more (`better` "up") or less ("down") is good news, best first,
/// equal values alike, the next one after as many as share it; a value that more than half of the
/// peers share says nothing. \param better by measure \returns one a figure
[[nodiscard]] std::vector<Rank> rank_figures(const FigureTable& figures,
                                             const ClusterTable& clusters,
                                             const std::vector<std::string>& better);

/// Ranks the figures and fills cluster_measure. Reads describe_rule.
[[nodiscard]] Result<void> write_measures(store::Connection& connection, const FigureTable& figures,
                                          const ClusterTable& clusters);

} // namespace icmap::describe
