#pragma once

#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace icmap::describe {

/// Lists of numbers, one after the other: that of row i is [first[i], first[i + 1]).
struct Lists {
    std::vector<std::size_t> first{0};
    std::vector<std::uint32_t> value;
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t row) const {
        return row + 1 < first.size()
                   ? std::span(value).subspan(first[row], first[row + 1] - first[row])
                   : std::span<const std::uint32_t>{};
    }
};

/// The rows that name each key, in their order. \param rows keys, one a row, all below `keys`
[[nodiscard]] Lists lists_of(std::span<const std::uint32_t> key_of_row,
                             std::span<const std::uint32_t> values, std::size_t keys);

inline constexpr std::int32_t kNotKnown = std::numeric_limits<std::int32_t>::min();

/// What one firm employed in one year, by the year's last accounts.
struct YearJobs {
    std::int32_t year = 0;
    std::int32_t employees = 0;
};

/// What is known of firms and their sites, as columns that are looked up by number: a figure of ten
/// million memberships is a walk over these, where a join would sort and hash them each time.
struct Register {
    // By firm_id; kNotKnown or NaN where the register does not say.
    std::vector<std::int32_t> employees;
    std::vector<double> turnover_gbp;
    std::vector<std::int32_t> born; ///< days since 1970
    std::vector<std::int32_t> died;
    std::vector<std::int32_t> born_year;
    std::vector<std::int32_t> died_year;
    std::vector<std::int32_t> industry;       ///< first two digits of the first SIC code
    std::vector<std::uint32_t> density_sites; ///< sites that count when clusters are formed
    Lists sectors;                            ///< sector_ids of each firm, ascending
    std::vector<std::size_t> first_jobs; ///< jobs of firm f: [first_jobs[f], first_jobs[f + 1])
    std::vector<YearJobs> jobs;          ///< by firm, then year
    // By site_id; kNowhere for sites that do not count.
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
    std::vector<std::uint32_t> location_of_site;
    std::vector<std::uint32_t> firm_of_site;
    Locations locations;

    [[nodiscard]] std::size_t firms() const { return employees.size(); }
    [[nodiscard]] std::span<const YearJobs> jobs_of(std::uint32_t firm) const {
        return std::span(jobs).subspan(first_jobs[firm], first_jobs[firm + 1] - first_jobs[firm]);
    }
};

/// Reads firm, account, firm_sector and site. Ids may have gaps.
/// \complexity linear in their rows, and locations are put into order
[[nodiscard]] Result<Register> read_register(store::Connection& connection);

} // namespace icmap::describe
