#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace icmap::describe {

inline constexpr std::int32_t kNotKnown = std::numeric_limits<std::int32_t>::min();

/// What one firm employed in one year, by the year's last accounts.
struct YearJobs {
    std::int32_t year = 0;
    std::int32_t employees = 0;
};

/// What is known of firms and their sites, as columns that are looked up by number: a figure of ten
/// million memberships is a walk over these, where a join would sort and hash them each time.
struct RegisterColumns {
    // By firm_id; kNotKnown or NaN where the register does not say.
    std::vector<std::int32_t> employees;
    std::vector<double> turnover_gbp;
    std::vector<std::int32_t> born; ///< days since 1970
    std::vector<std::int32_t> died;
    std::vector<std::int32_t> born_year;
    std::vector<std::int32_t> died_year;
    std::vector<std::int32_t> industry;       ///< first two digits of the first SIC code
    std::vector<std::uint32_t> density_sites; ///< sites that count when clusters are formed
    Lists<std::uint32_t> sectors;             ///< sector_ids of each firm, ascending
    Lists<YearJobs> jobs;                     ///< by firm, then year
    // By site_id; kNowhere for sites that do not count.
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
    std::vector<std::uint32_t> location_of_site;
    std::vector<std::uint32_t> firm_of_site;
    Locations locations;

    [[nodiscard]] std::size_t firms() const { return employees.size(); }
};

/// Reads firm, account, firm_sector and site. Ids may have gaps; accounts stand in the order in
/// which locate writes them, by firm and day. \complexity linear in their rows, and locations are
/// put into order
[[nodiscard]] Result<RegisterColumns> read_register(store::Connection& connection);

} // namespace icmap::describe
