#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/projection.hpp"
#include "locate/gazetteer.hpp"
#include "store/connection.hpp"
#include "store/session_functions.hpp"

#include <cstdint>
#include <vector>

namespace icmap::locate {

/// What has a position, and how exact it is.
struct Located {
    std::vector<std::int32_t> position; ///< index into positions; kNull: none
    std::vector<std::uint8_t> precision;
};

/// Where sites and institutions are, each place on earth once.
struct SitePositions {
    static constexpr std::int32_t kNull = store::SessionFunctions::kNull;
    std::vector<LonLat> positions; ///< distinct, by longitude and latitude
    std::vector<PlaneXY> plane;    ///< one each; not finite where there is no image
    Located sites;                 ///< by site_id
    Located assets;                ///< by asset_id
};

/// Finds the positions of site_claim and institution: a source's own coordinates win over its
/// postcode's. Makes sites_there(site_id) known to SQL: how many sites have a postcode that leads
/// to the same place, as many as have the same postcode or more; null where a site has coordinates
/// of its own or its postcode leads nowhere.
[[nodiscard]] Result<SitePositions> find_positions(store::Connection& connection,
                                                   const Gazetteer& gazetteer,
                                                   const geo::Projection& projection,
                                                   store::SessionFunctions& functions);

/// Makes these known to SQL: site_position(site_id) and asset_position(asset_id) give a
/// position_id; site_precision and asset_precision a word; position_lon, position_lat, position_x
/// and position_y of a position_id what they say.
[[nodiscard]] Result<void> register_positions(const SitePositions& found,
                                              store::SessionFunctions& functions);

} // namespace icmap::locate
