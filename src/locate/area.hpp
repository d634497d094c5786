#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::locate {

/// In which areas positions lie.
struct AreasFound {
    struct Level {
        std::string name;
        std::uint32_t first_area = 0;    ///< area_id of the level's first
        std::vector<std::int32_t> areas; ///< by position, counted from first_area; negative: none
    };
    std::vector<Level> levels;   ///< in order of their areas
    std::uint64_t off_coast = 0; ///< positions off every area that were given to the nearest
};

/// Mends the areas of the temporary table area_claim and writes `area`, with a place for each
/// label and, where neither its source nor a lookup names one, the wider area it lies in
/// (`parents_by_place`); what had to be mended, or could not be read, goes to `reject`. Then says
/// in which area of each level every position lies.
///
/// A position in no area of a level is given to the nearest within `tolerance` where the level
/// covers the whole map (at least 95 % of what the widest level covers: then the position is off a
/// generalised coast), or where the position is in no area of any level. Of a level that covers a
/// part of the country, a position inland is not dragged into its neighbour.
/// \param plane the projected positions by position_id; those without an image get no area
[[nodiscard]] Result<AreasFound> write_areas(store::Connection& connection,
                                             const geo::Projection& projection,
                                             std::span<const PlaneXY> plane, Metres tolerance);

/// Writes site_area, by site and level.
/// \param position of each site, an index into what write_areas was given; negative: none
[[nodiscard]] Result<void> write_site_areas(store::Connection& connection, const AreasFound& areas,
                                            std::span<const std::int32_t> position);

/// Dissolves staging.coastline_record into the one row of `land`; no row where there is none.
[[nodiscard]] Result<void> write_land(store::Connection& connection);

} // namespace icmap::locate
