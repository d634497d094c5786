#pragma once

#include "base/result.hpp"
#include "describe/context.hpp"
#include "describe/memberships.hpp"
#include "describe/money_columns.hpp"
#include "describe/tallies.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icmap::describe {

/// Years of a series, both included; nothing where its sources speak of none.
struct YearSpan {
    std::optional<std::int32_t> first, last;
    [[nodiscard]] bool holds(std::int32_t year) const {
        return first && last && *first <= year && year <= *last;
    }
};

/// Which years the sources speak of: of money those in which no money known is nought.
struct YearSpans {
    YearSpan jobs, public_money, private_money;
};

/// Reads describe_span.
[[nodiscard]] Result<YearSpans> read_year_spans(store::Connection& connection);

/// A cluster through the years: today's members by their dates, and firms dissolved since that lay
/// inside the outline. Rows of cluster_year, one per cluster and year. A firm without a date of
/// incorporation counts as alive throughout. Where the register holds no closed companies, deaths
/// are not known and the earlier years count survivors only. Jobs reported are of as many
/// enterprises as file for the year, in the years for which the sources hold their accounts; in
/// those the index follows the same enterprises from one year to the next, through the last
/// unbroken run of years in which five or more of them report.
struct ClusterYears {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint16_t> year;
    std::vector<std::uint32_t> enterprises, births;
    std::vector<std::optional<std::uint32_t>> deaths;
    std::vector<std::optional<std::int64_t>> employees;
    std::vector<std::optional<std::uint32_t>> reporting;
    std::vector<double> jobs_index; ///< NaN: none
    std::vector<std::optional<std::uint32_t>> index_enterprises;
    std::vector<double> public_gbp, private_gbp; ///< NaN: not known

    [[nodiscard]] Result<void> write(store::Connection& connection) const;
};

/// What years are told of.
struct Told {
    const ClusterTable& clusters;
    std::span<const Tally> tallies;
    const EngagedFirms& engaged;
    const MoneyColumns& money;
};

[[nodiscard]] ClusterYears tell_years(const Context& context, const YearSpans& spans,
                                      const TellingDate& date, const Told& of);

} // namespace icmap::describe
