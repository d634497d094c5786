#pragma once

#include "base/result.hpp"
#include "describe/job_growth.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace icmap::describe {

/// The date all figures are told for, and dates before it, in days since 1970.
struct TellingDate {
    std::int32_t year = 0;
    std::int32_t day = 0;
    std::int32_t two_years_before = 0;
    std::int32_t five_years_before = 0;
    std::int32_t ten_years_before = 0;
    std::int32_t twenty_years_before = 0;
};

/// Reads describe_context.
[[nodiscard]] Result<TellingDate> read_telling_date(store::Connection& connection);

/// Years that a cluster's history tells of, the last being the telling date's.
inline constexpr std::int32_t kYears = 11;

struct YearTally {
    std::uint32_t enterprises = 0; ///< alive at the end of the year
    std::uint32_t births = 0;
    std::uint32_t deaths = 0;
};

using Counts = std::vector<std::pair<std::uint32_t, std::uint32_t>>; ///< (what, how many), by what

/// What is counted and summed up over the enterprises of one cluster.
struct Tally {
    std::uint32_t largest_sites = 0;
    double squared_sites = 0.0;
    SumTally employees;
    SumTally turnover_gbp;
    double founding_year = 0.0; ///< median; NaN where no date is known
    std::uint32_t with_age = 0;
    std::uint32_t young = 0;               ///< incorporated in the last five years
    std::uint32_t alive_before = 0;        ///< five years ago
    std::uint32_t former_alive_before = 0; ///< five years ago, closed since
    std::array<YearTally, kYears> years{};
    std::vector<std::pair<std::int32_t, SumTally>> jobs; ///< by year of the accounts
    JobGrowth growth;
    Counts largest_employers; ///< (firm_id, employees), largest first
    Counts sectors;           ///< other sectors of its enterprises
    Counts industries;
    std::array<std::uint32_t, 5> age_bands{};
    std::array<std::uint32_t, 4> size_bands{};
    Counts by_sites; ///< (member sites, enterprises)
};

/// \param former of each cluster the firms that were there once, each once
/// \param list_length at most so many employers
/// \complexity linear in memberships and their yearly accounts, over all threads
[[nodiscard]] std::vector<Tally> tally_clusters(const RegisterColumns& all, const Members& members,
                                                const Lists<std::uint32_t>& former,
                                                const TellingDate& date, std::size_t list_length);

/// Fills describe_filing.
[[nodiscard]] Result<void> write_filings(store::Connection& connection, const RegisterColumns& all,
                                         const TellingDate& date);

} // namespace icmap::describe
