#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "store/connection.hpp"
#include "store/writing_aside.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::locate {

/// What a project file may say of locating.
struct LocateOptions {
    /// Active firms at one postcode from which on it may be a mass-registration address; >= 1,
    /// inclusive.
    std::uint32_t mass_registration_firms = 500;
    /// From so many active firms on (>= 1, inclusive) a postcode may be a formation agent's: one if
    /// at least this share of them (0 to 1, inclusive), and twice the share among all active firms,
    /// was incorporated in the two years to `as_of`.
    std::uint32_t formation_agent_firms = 50;
    double formation_agent_young_share = 0.5;
    /// Jobs per reporting firm below which such a postcode is one (exclusive): a workplace has
    /// more. A postcode at which no firm reports jobs is judged by the number of firms alone.
    double mass_registration_jobs_per_firm = 5.0;
    /// At most so many jobs of one firm are counted at its postcode: a larger figure is the firm's
    /// everywhere, not here.
    std::uint32_t mass_registration_job_cap = 250;
    /// True: sites at mass-registration addresses count when clusters are formed.
    bool mass_registration_in_density = false;
    /// How far off a generalised coast a site may lie and still be given to the nearest area;
    /// inclusive.
    Metres area_tolerance{2000.0};
    /// Writes the largest tables while others are made; none: they are written in their turn.
    store::WritingAside* aside = nullptr;
};

/// How many things have a name: `lower_tier`, 374.
struct NamedCount {
    std::string name;
    std::uint64_t count = 0;
};

/// What locating found, for the build report.
struct LocateReport {
    std::uint64_t firms = 0;
    std::uint64_t active_firms = 0;
    std::uint64_t firms_as_institutions = 0; ///< register rows that became assets
    std::uint64_t sites = 0;
    std::uint64_t sites_merged = 0; ///< further sites at a postcode the firm had already
    std::vector<NamedCount> sites_by_precision; ///< coordinate, unit, sector, district, none
    std::uint64_t sites_in_density = 0;
    std::uint64_t postcodes = 0; ///< with a usable position
    std::uint64_t mass_registration_addresses = 0;
    std::uint64_t sites_at_mass_registration = 0;
    std::vector<NamedCount> areas_by_level;
    std::uint64_t positions_off_coast = 0; ///< distinct positions given to the nearest area
    std::uint64_t places = 0;
    std::uint64_t places_merged = 0; ///< records that were the same town as another
    std::uint64_t assets = 0;
    std::uint64_t assets_without_position = 0;
    std::uint64_t accounts = 0;
    std::uint64_t warnings = 0; ///< rows written to reject
    std::string summary;        ///< one line for people
};

/// Gives every firm, site, institution and place a position, and every site its areas: reads the
/// staging records, writes firm, site, postcode, mass_registration_address, area, site_area, place,
/// asset, land, account, support and published_cluster, and warnings to reject.
///
/// Reads the variable `as_of` (a date; null: nothing is too late). The tables must exist
/// and be empty. Same records, same rows, whatever the thread count.
///
/// \param projection the project's planar CRS
/// \errors input: DuckDB's, with the step's name; an area's geometry that cannot be read
[[nodiscard]] Result<LocateReport> locate(store::Connection& connection,
                                          const LocateOptions& options,
                                          const geo::Projection& projection, Progress& progress);

} // namespace icmap::locate
