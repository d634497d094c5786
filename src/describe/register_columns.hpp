#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "describe/cluster_table.hpp"
#include "describe/days.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace icmap::describe {

inline constexpr std::int32_t kNotKnown = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int16_t kNoYear = std::numeric_limits<std::int16_t>::min();

/// What one firm employed in one year, by the year's last accounts.
struct YearJobs {
    std::int32_t year = 0;
    std::int32_t employees = 0;
};

/// What the register says of one firm, in half a line of cache: walks over memberships jump from
/// firm to firm.
struct Firm {
    double turnover_gbp = std::numeric_limits<double>::quiet_NaN(); ///< NaN: not known
    std::int32_t employees = kNotKnown;
    std::int32_t born = kNotKnown; ///< days since 1970
    std::int32_t died = kNotKnown;
    std::uint32_t density_sites = 0; ///< sites that count when clusters are formed
    std::int16_t born_year = kNoYear;
    std::int16_t died_year = kNoYear;
    std::int16_t industry = -1; ///< first two digits of the first SIC code; -1: not known
};

/// What is known of firms and their sites, as columns that are looked up by number: a figure of ten
/// million memberships is a walk over these, where a join would sort and hash them each time.
struct RegisterColumns {
    std::vector<Firm> firm;       ///< by firm_id
    Lists<std::uint32_t> sectors; ///< sector_ids of each firm, ascending
    Lists<YearJobs> jobs;         ///< by firm, then year
    DayCounts first_accounts; ///< of each firm, the first accounts of a year that give employees
    // By site_id; kNowhere for sites that do not count.
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
    std::vector<std::uint32_t> location_of_site;
    std::vector<std::uint32_t> firm_of_site;
    Locations locations;
    std::optional<Box>
        site_bounds; ///< of the sites that count, in the plane; nothing: no such site

    [[nodiscard]] std::size_t firms() const { return firm.size(); }
    /// Whether a site counts when clusters are formed.
    [[nodiscard]] bool counts(std::uint32_t site_id) const {
        return site_id < location_of_site.size() && location_of_site[site_id] != kNowhere;
    }
};

/// Reads firm, account, firm_sector and site. Ids may have gaps; accounts stand in the order in
/// which locate writes them, by firm and day. \param beside another connection to the same atlas,
/// to read two tables at a time; nullptr: one
///        after the other
/// \complexity linear in their rows, and locations are put into order
[[nodiscard]] Result<RegisterColumns> read_register(store::Connection& connection,
                                                    store::Connection* beside = nullptr);

} // namespace icmap::describe
