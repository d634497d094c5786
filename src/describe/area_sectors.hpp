#pragma once

#include "base/result.hpp"
#include "describe/ground.hpp"
#include "describe/register_columns.hpp"
#include "store/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace icmap::describe {

/// A sector is at home in an area where its location quotient is at least 1 and it has so many
/// enterprises there: of fewer, one alone decides the quotient.
inline constexpr std::uint32_t kFewestAtHome = 5;
/// How many related sectors are told of each.
inline constexpr std::size_t kRelatedTold = 12;

/// Counts by area_id and sector_id, area by area.
struct AreaSectors {
    std::size_t areas = 0;
    std::size_t sectors = 0;
    std::vector<std::uint32_t> enterprises, sites;
    std::vector<double> area_sites;   ///< of any sector
    std::vector<double> sector_sites; ///< everywhere
    double all_sites = 0.0;
    std::vector<std::uint8_t> is_authority; ///< by area_id

    [[nodiscard]] std::size_t at(std::size_t area, std::size_t sector) const {
        return area * sectors + sector;
    }
    /// NaN where nothing can be said.
    [[nodiscard]] double quotient(std::size_t area, std::size_t sector) const;
    [[nodiscard]] bool is_at_home(std::size_t area, std::size_t sector) const;
};

/// Counts the sites that count in density. \complexity linear in sites and memberships of sectors
[[nodiscard]] AreaSectors count_area_sectors(const RegisterColumns& all, const Ground& ground);

/// Fills area_sector (what each sector has in each area, by area and sector) and sector_relation
/// (the sectors that are at home in the same local authorities, most related first; of one type,
/// none part of the other). Reads sector. \source Hidalgo et al. 2007; the cosine as in EconGeo
/// \errors input: DuckDB's message
[[nodiscard]] Result<void> write_area_sectors(store::Connection& connection,
                                              const AreaSectors& counts);

} // namespace icmap::describe
