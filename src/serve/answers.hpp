#pragma once

#include "base/units.hpp"
#include "serve/catalogue.hpp"
#include "serve/json_writer.hpp"
#include "serve/routes.hpp"

#include <cmath>

namespace icmap::serve {

// Pieces that several answers share, as docs/api/openapi.yaml names them.

/// BboxValue: west, south, east, north; six decimals are a tenth of a metre.
inline void write_box(JsonWriter& json, const Box& box) {
    json.begin_array();
    for (const double degrees : {box.min_x, box.min_y, box.max_x, box.max_y}) {
        json.rounded(degrees, 6);
    }
    json.end_array();
}

/// LonLat
inline void write_place(JsonWriter& json, LonLat place) {
    json.begin_array();
    json.rounded(place.lon, 6);
    json.rounded(place.lat, 6);
    json.end_array();
}

/// SectorRef
inline void write_sector_reference(JsonWriter& json, const SectorEntry& sector) {
    json.begin_object();
    json.member("slug", sector.slug);
    json.member("name", sector.name);
    json.member("type", sector.type);
    json.end_object();
}

/// The members of AreaRef, into an open object.
inline void write_area_members(JsonWriter& json, const AreaEntry& area) {
    json.member("code", area.code);
    json.member("name", area.name);
    json.member("level", area.level);
}

/// AreaRef
inline void write_area_reference(JsonWriter& json, const AreaEntry& area) {
    json.begin_object();
    write_area_members(json, area);
    json.end_object();
}

/// The sectors asked for with `sector` and `sector_type`; both empty: none was named, all are
/// meant.
struct SectorChoice {
    std::vector<std::uint8_t> wanted; ///< by sector of the catalogue; empty: all
    [[nodiscard]] bool has(std::size_t sector) const {
        return wanted.empty() || wanted[sector] != 0;
    }
};
[[nodiscard]] Checked<SectorChoice> choose_sectors(const Catalogue& catalogue,
                                                   std::span<const std::string> slugs,
                                                   std::span<const std::string> types);
/// The same, from the parameters of a call.
[[nodiscard]] Checked<SectorChoice> read_sectors(Call& call);

/// True if a box asked for and the box of a feature share a place; west > east in the box asked for
/// means that it crosses the antimeridian.
[[nodiscard]] bool intersects(const Box& asked, const Box& feature);

/// At most so many clusters or areas side by side.
inline constexpr std::size_t kMostCompared = 10;

/// The problem where firms are withheld, nothing otherwise.
[[nodiscard]] Checked<void> refuse_where_withheld(const Catalogue& catalogue);

} // namespace icmap::serve
