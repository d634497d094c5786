#include "locate/site_positions.hpp"

#include <algorithm>
#include <limits>

namespace icmap::locate {
namespace {

/// Everything that asks for a position, sites first.
struct Claims {
    std::vector<std::int32_t> place; ///< of the gazetteer; kNull: none
    /// Those with coordinates of their own: which claim, where.
    std::vector<std::pair<std::uint32_t, LonLat>> own;
    std::size_t sites = 0;
    std::vector<std::int32_t> at_place; ///< how many postcodes of claims lead to each place
};

Result<void> read_claims(store::Connection& connection, std::string_view query, Claims& claims) {
    return connection.read(query, [&](const store::Chunk& chunk) {
        const auto place = chunk.column<std::int32_t>(0);
        const auto lon = chunk.column<double>(1);
        const auto lat = chunk.column<double>(2);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const bool has_own = !chunk.is_null(1, i) && !chunk.is_null(2, i);
            if (!chunk.is_null(0, i)) {
                ++claims.at_place[static_cast<std::size_t>(place[i])];
            }
            if (has_own) {
                claims.own.emplace_back(static_cast<std::uint32_t>(claims.place.size()),
                                        LonLat{lon[i], lat[i]});
            }
            claims.place.push_back(has_own || chunk.is_null(0, i) ? SitePositions::kNull
                                                                  : place[i]);
        }
    });
}

/// How many sites share the place of each one's postcode.
std::vector<std::int32_t> sites_there(const Claims& claims) {
    std::vector<std::int32_t> sites(claims.place.size(), SitePositions::kNull);
    for (std::size_t site = 0; site < sites.size(); ++site) {
        if (claims.place[site] != SitePositions::kNull) {
            sites[site] = claims.at_place[static_cast<std::size_t>(claims.place[site])];
        }
    }
    return sites;
}

/// A position asked for, by a place of the gazetteer or by a claim.
struct Asked {
    LonLat position;
    std::uint32_t by = 0;
};

std::vector<Asked> asked_positions(const Claims& claims, const Gazetteer& gazetteer) {
    std::vector<bool> is_used(gazetteer.size(), false);
    for (const std::int32_t place : claims.place) {
        if (place != SitePositions::kNull) {
            is_used[static_cast<std::size_t>(place)] = true;
        }
    }
    std::vector<Asked> asked;
    for (std::uint32_t place = 0; place < is_used.size(); ++place) {
        if (is_used[place]) {
            asked.push_back({gazetteer.position(place), place});
        }
    }
    // Claims count on from the places.
    for (const auto& [claim, position] : claims.own) {
        asked.push_back({position, static_cast<std::uint32_t>(gazetteer.size()) + claim});
    }
    std::sort(asked.begin(), asked.end(),
              [](const Asked& a, const Asked& b) { return a.position < b.position; });
    return asked;
}

} // namespace

Result<SitePositions> find_positions(store::Connection& connection, const Gazetteer& gazetteer,
                                     const geo::Projection& projection,
                                     store::SessionFunctions& functions) {
    ICMAP_TRY(functions.of_text(
        "place_of_postcode",
        [&gazetteer](std::string_view postcode, std::int32_t& place) {
            const auto found = gazetteer.find(postcode);
            place = static_cast<std::int32_t>(found.value_or(0));
            return found.has_value();
        },
        [&gazetteer](std::string_view postcode) { gazetteer.expect(postcode); }));
    Claims claims;
    claims.at_place.assign(gazetteer.size(), 0);
    ICMAP_TRY(read_claims(connection,
                          "select place_of_postcode(postcode), lon_deg, lat_deg from site_claim",
                          claims));
    claims.sites = claims.place.size();
    ICMAP_TRY(functions.of_row("sites_there", sites_there(claims)));
    ICMAP_TRY(read_claims(connection,
                          "select place_of_postcode(postcode), lon_deg, lat_deg from institution "
                          "order by asset_id",
                          claims));
    SitePositions found;
    std::vector<std::int32_t> of_place(gazetteer.size(), SitePositions::kNull);
    std::vector<std::int32_t> position(claims.place.size(), SitePositions::kNull);
    std::vector<std::uint8_t> precision(claims.place.size(),
                                        static_cast<std::uint8_t>(Precision::none));
    for (const Asked& asked : asked_positions(claims, gazetteer)) {
        if (found.positions.empty() || found.positions.back() != asked.position) {
            found.positions.push_back(asked.position);
        }
        const auto id = static_cast<std::int32_t>(found.positions.size()) - 1;
        if (asked.by < gazetteer.size()) {
            of_place[asked.by] = id;
        } else {
            position[asked.by - gazetteer.size()] = id;
            precision[asked.by - gazetteer.size()] =
                static_cast<std::uint8_t>(Precision::coordinate);
        }
    }
    for (std::size_t claim = 0; claim < position.size(); ++claim) {
        const std::int32_t place = claims.place[claim];
        if (position[claim] == SitePositions::kNull && place != SitePositions::kNull) {
            position[claim] = of_place[static_cast<std::size_t>(place)];
            precision[claim] =
                static_cast<std::uint8_t>(gazetteer.precision(static_cast<std::uint32_t>(place)));
        }
    }
    const auto sites = static_cast<std::ptrdiff_t>(claims.sites);
    found.assets = {{position.begin() + sites, position.end()},
                    {precision.begin() + sites, precision.end()}};
    position.resize(claims.sites);
    precision.resize(claims.sites);
    found.sites = {std::move(position), std::move(precision)};
    found.plane = projection.to_plane(found.positions);
    return found;
}

Result<void> register_positions(const SitePositions& found, store::SessionFunctions& functions) {
    const std::vector<std::string> words{"coordinate", "unit", "sector", "district", "none"};
    ICMAP_TRY(functions.of_row("site_position", found.sites.position));
    ICMAP_TRY(functions.of_row("site_precision", found.sites.precision, words));
    ICMAP_TRY(functions.of_row("asset_position", found.assets.position));
    ICMAP_TRY(functions.of_row("asset_precision", found.assets.precision, words));
    const auto column = [](const auto& points, auto member) {
        std::vector<double> values(points.size());
        std::transform(points.begin(), points.end(), values.begin(),
                       [member](const auto& point) { return point.*member; });
        return values;
    };
    ICMAP_TRY(functions.of_row("position_lon", column(found.positions, &LonLat::lon)));
    ICMAP_TRY(functions.of_row("position_lat", column(found.positions, &LonLat::lat)));
    std::vector<double> x = column(found.plane, &PlaneXY::x_m);
    std::vector<double> y = column(found.plane, &PlaneXY::y_m);
    for (std::size_t i = 0; i < found.plane.size(); ++i) {
        if (!geo::is_placed(found.plane[i])) {
            x[i] = y[i] = std::numeric_limits<double>::quiet_NaN();
        }
    }
    ICMAP_TRY(functions.of_row("position_x", std::move(x)));
    return functions.of_row("position_y", std::move(y));
}

} // namespace icmap::locate
