#include "locate/gazetteer.hpp"

namespace icmap::locate {

Result<void> Gazetteer::add(store::Connection& connection, std::string_view query) {
    return connection.read(query, [&](const store::Chunk& chunk) {
        const auto lon = chunk.column<double>(1);
        const auto lat = chunk.column<double>(2);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            places_.prefetch(chunk.text(0, i));
        }
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            places_.add(chunk.text(0, i), static_cast<std::uint32_t>(positions_.size()));
            positions_.push_back({lon[i], lat[i]});
        }
    });
}

Result<Gazetteer> Gazetteer::read(store::Connection& connection) {
    Gazetteer gazetteer;
    ICMAP_ASSIGN(const auto units, connection.integer("select count(*) from postcode"));
    gazetteer.places_ = ShortTextMap(static_cast<std::size_t>(units));
    ICMAP_TRY(gazetteer.add(connection, "select postcode, lon_deg, lat_deg from postcode"));
    gazetteer.first_sector_ = static_cast<std::uint32_t>(gazetteer.size());
    ICMAP_TRY(gazetteer.add(connection,
                            "select sector, lon_deg, lat_deg from sector_centre order by sector"));
    gazetteer.first_district_ = static_cast<std::uint32_t>(gazetteer.size());
    ICMAP_TRY(gazetteer.add(
        connection, "select district, lon_deg, lat_deg from district_centre order by district"));
    return gazetteer;
}

std::optional<std::uint32_t> Gazetteer::find(std::string_view postcode) const {
    if (const auto unit = places_.find(postcode)) {
        return unit;
    }
    const std::size_t space = postcode.find(' ');
    if (space == std::string_view::npos || space == 0) {
        return places_.find(postcode);
    }
    if (const auto sector = places_.find(postcode.substr(0, space + 2))) {
        return sector;
    }
    return places_.find(postcode.substr(0, space));
}

} // namespace icmap::locate
