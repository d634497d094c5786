#pragma once

#include "base/lists.hpp"
#include "base/numbering.hpp"
#include "base/result.hpp"
#include "base/unfilled.hpp"
#include "describe/cluster_table.hpp"
#include "describe/quotient_interval.hpp"
#include "store/connection.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::describe {

/// One measure of all clusters, by their rows.
struct Figure {
    static constexpr std::uint32_t kNoReason = 0xFFFFFFFF;
    std::vector<double> value;         ///< NaN where there is none
    std::vector<double> low, high;     ///< NaN where there is none; empty: of no cluster
    std::vector<double> coverage;      ///< share of the enterprises that the value is based on
    std::vector<std::uint32_t> reason; ///< why there is no value: number of it, or kNoReason
};

/// All figures of all clusters, measures in alphabetical order.
class FigureTable {
  public:
    explicit FigureTable(std::size_t clusters) : clusters_(clusters) {}

    /// NaN is not known; say why.
    void set(std::size_t row, std::string_view measure, const Interval& figure, double coverage,
             std::string_view missing_reason = {});
    void set(std::size_t row, std::string_view measure, double value, double coverage,
             std::string_view missing_reason = {}) {
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        set(row, measure, Interval{value, kNone, kNone}, coverage, missing_reason);
    }

    [[nodiscard]] const std::map<std::string, Figure, std::less<>>& figures() const {
        return figures_;
    }
    /// By the numbers in Figure::reason.
    [[nodiscard]] const std::vector<std::string>& reasons() const { return reasons_.texts(); }
    /// One measure's value of each cluster; NaN where it has none.
    [[nodiscard]] std::vector<double> values_of(std::string_view measure) const;

  private:
    std::size_t clusters_;
    std::map<std::string, Figure, std::less<>> figures_;
    Numbering reasons_;
};

/// A place among the clusters of the same sector; 0: none.
struct Rank {
    std::uint32_t place = 0;
    std::uint32_t of = 0;
};

/// Ranks one measure within each sector, best first, equal values alike, the next one after as many
/// as share it; a value that more than half of the peers share says nothing, nor does one that is
/// NaN. \param of_sector rows of each sector \param is_up more is better
[[nodiscard]] std::vector<Rank> rank_values(std::span<const double> values,
                                            const Lists<std::uint32_t>& of_sector, bool is_up);

/// Rows of cluster_measure, by cluster, then measure: those of cluster i begin at i × measures.
struct MeasureRows {
    std::vector<std::string> measures, reasons; ///< that the others number
    UnfilledVector<std::uint32_t> cluster_id, measure, reason;
    UnfilledVector<double> value, low, high, coverage;
    UnfilledVector<std::optional<std::uint32_t>> place, of;

    void resize(std::size_t rows);
    void set(std::size_t at, std::size_t row, const Figure& figure, const Rank& rank);
    [[nodiscard]] Result<void> write(store::Connection& connection) const;
};

/// Ranks the measures of which more or less is good news (describe_rule).
[[nodiscard]] Result<MeasureRows> rank_measures(store::Connection& connection,
                                                const FigureTable& table,
                                                const ClusterTable& clusters);

} // namespace icmap::describe
