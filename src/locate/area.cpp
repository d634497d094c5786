#include "locate/area.hpp"

#include "base/parallel.hpp"
#include "geo/area_index.hpp"
#include "geo/geometry.hpp"
#include "locate/area_parents.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

namespace icmap::locate {
namespace {

/// One area as read, and as it lies in the plane.
struct Area {
    std::string code, name, level;
    std::optional<std::string> parent_code;
    std::string wkb; ///< WGS 84, mended
    std::int64_t source_id = 0;
    std::int64_t record = 0;
    geo::Geometry plane;
    LonLat label;
    PlaneXY label_in_plane;
    std::string fault;      ///< what was wrong with the geometry; empty: nothing
    bool is_usable = false; ///< false: no polygon could be made of it
};

Result<std::vector<Area>> read_areas(store::Connection& connection) {
    std::vector<Area> areas;
    ICMAP_TRY(connection.read(
        "select code, name, level, parent_code, geometry, source_id::bigint, record::bigint "
        "from area_claim order by area_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                Area area;
                area.code = chunk.text(0, i);
                area.name = chunk.text(1, i);
                area.level = chunk.text(2, i);
                if (!chunk.is_null(3, i)) {
                    area.parent_code = chunk.text(3, i);
                }
                area.wkb = chunk.text(4, i);
                area.source_id = chunk.column<std::int64_t>(5)[i];
                area.record = chunk.column<std::int64_t>(6)[i];
                areas.push_back(std::move(area));
            }
        }));
    return areas;
}

/// Mends, projects and labels one area. What fails is told in `fault`.
void prepare(Area& area, const geo::Projection& projection) {
    const auto geometry = geo::Geometry::from_wkb(area.wkb);
    if (!geometry) {
        area.fault = geometry.error().what;
        return;
    }
    auto mended = geo::mend(*geometry);
    if (!mended) {
        area.fault = mended.error().what;
        return;
    }
    area.fault = mended->reason;
    auto plane = geo::to_plane(mended->geometry, projection);
    if (!plane) {
        area.fault = plane.error().what;
        return;
    }
    if (plane->kind() != geo::GeometryKind::polygons) {
        area.fault = "The geometry is not a polygon";
        return;
    }
    if (mended->changed) {
        area.wkb = mended->geometry.wkb();
    }
    area.plane = std::move(*plane);
    area.label_in_plane = area.plane.label_point();
    area.label = projection.to_lon_lat(area.label_in_plane);
    area.is_usable = true;
}

Result<void> append_areas(store::Connection& connection, std::span<const Area> areas) {
    std::vector<std::uint32_t> ids;
    std::vector<std::string> codes;
    std::vector<std::string> names;
    std::vector<std::string> levels;
    std::vector<std::optional<std::string>> parents;
    std::vector<double> lon;
    std::vector<double> lat;
    std::vector<std::string> geometries;
    for (const Area& area : areas) {
        ids.push_back(static_cast<std::uint32_t>(ids.size()));
        codes.push_back(area.code);
        names.push_back(area.name);
        levels.push_back(area.level);
        parents.push_back(area.parent_code);
        lon.push_back(area.label.lon);
        lat.push_back(area.label.lat);
        geometries.push_back(area.wkb);
    }
    store::Column geometry{std::span<const std::string>(geometries)};
    geometry.is_blob = true;
    const std::array<store::Column, 8> columns{
        store::Column{std::span<const std::uint32_t>(ids)},
        store::Column{std::span<const std::string>(codes)},
        store::Column{std::span<const std::string>(names)},
        store::Column{std::span<const std::string>(levels)},
        store::Column{std::span<const std::optional<std::string>>(parents)},
        store::Column{std::span<const double>(lon)},
        store::Column{std::span<const double>(lat)},
        geometry};
    return store::append_columns(connection, "main", "area", columns);
}

Result<void> tell_faults(store::Connection& connection, std::span<const Area> areas) {
    for (const Area& area : areas) {
        if (area.fault.empty()) {
            continue;
        }
        const std::string message =
            area.is_usable
                ? fmt::format("{}: the outline was mended. Check it at its source", area.fault)
                : fmt::format("{}: the area is left out. Use a source with polygons", area.fault);
        ICMAP_TRY(connection.execute(
            "insert into reject select source_id, path, null, $2, 'geometry', $3, $4, 'warning', "
            "$5 from source where source_id = $1",
            {area.source_id, area.record,
             std::string_view(area.is_usable ? "geometry_mended" : "geometry_unusable"),
             std::string_view(area.code), std::string_view(message)}));
    }
    return {};
}

/// The areas of one level, all in a row of `area`.
struct Level {
    std::string name;
    std::uint32_t first_area = 0;
    geo::AreaIndex index;
    double area_m2 = 0.0;
    std::vector<std::int32_t> found; ///< by position
};

std::vector<Level> index_levels(std::span<const Area> areas) {
    std::vector<Level> levels;
    for (std::size_t begin = 0; begin < areas.size();) {
        std::size_t end = begin;
        std::vector<geo::Geometry> geometries;
        double area_m2 = 0.0;
        while (end < areas.size() && areas[end].level == areas[begin].level) {
            area_m2 += areas[end].plane.area_m2();
            geometries.push_back(areas[end++].plane);
        }
        levels.push_back({areas[begin].level,
                          static_cast<std::uint32_t>(begin),
                          geo::AreaIndex(geometries),
                          area_m2,
                          {}});
        begin = end;
    }
    return levels;
}

/// Gives areas without a parent the wider area that they lie in.
void find_parents(std::span<Area> areas, std::span<const Level> levels) {
    std::vector<LevelPlan> level_plans;
    for (const Level& level : levels) {
        level_plans.push_back({level.first_area, &level.index, level.area_m2});
    }
    std::vector<AreaPlan> plans;
    for (const Area& area : areas) {
        plans.push_back({area.plane.bounds(), area.label_in_plane, area.parent_code.has_value()});
    }
    const auto parents = parents_by_place(level_plans, plans);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (parents[i]) {
            areas[i].parent_code = areas[*parents[i]].code;
        }
    }
}

/// Gives positions off the coast to the nearest area. \returns how many are off every area and got
/// one
std::uint64_t fetch_from_the_sea(std::span<Level> levels, std::span<const PlaneXY> plane,
                                 Metres tolerance) {
    // A level is complete that covers nearly all that the widest covers; generalised outlines of
    // one country differ by less than 5 %.
    constexpr double kCompleteShare = 0.95;
    double widest_m2 = 0.0;
    for (const Level& level : levels) {
        widest_m2 = std::max(widest_m2, level.area_m2);
    }
    std::vector<bool> is_on_land(plane.size(), false);
    for (const Level& level : levels) {
        for (std::size_t i = 0; i < plane.size(); ++i) {
            is_on_land[i] = is_on_land[i] || level.found[i] != geo::kNoArea;
        }
    }
    std::vector<bool> was_fetched(plane.size(), false);
    for (Level& level : levels) {
        const bool is_complete = level.area_m2 >= kCompleteShare * widest_m2;
        for (std::size_t i = 0; i < plane.size(); ++i) {
            if (level.found[i] == geo::kNoArea && geo::is_placed(plane[i]) &&
                (is_complete || !is_on_land[i])) {
                level.found[i] = level.index.locate(plane[i], tolerance);
                was_fetched[i] =
                    was_fetched[i] || (level.found[i] != geo::kNoArea && !is_on_land[i]);
            }
        }
    }
    return static_cast<std::uint64_t>(std::count(was_fetched.begin(), was_fetched.end(), true));
}

/// The words of the type area_level, in its order.
Result<std::vector<std::string>> area_levels(store::Connection& connection) {
    std::vector<std::string> words;
    ICMAP_TRY(connection.read("select unnest(enum_range(null::area_level))::varchar",
                              [&](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      words.emplace_back(chunk.text(0, i));
                                  }
                              }));
    return words;
}

} // namespace

Result<AreasFound> write_areas(store::Connection& connection, const geo::Projection& projection,
                               std::span<const PlaneXY> plane, Metres tolerance) {
    ICMAP_ASSIGN(std::vector<Area> areas, read_areas(connection));
    parallel_for_each(areas.size(), 1, [&](std::size_t i) { prepare(areas[i], projection); });
    ICMAP_TRY(tell_faults(connection, areas));
    std::erase_if(areas, [](const Area& area) { return !area.is_usable; });
    std::vector<Level> levels = index_levels(areas);
    find_parents(areas, levels);
    ICMAP_TRY(append_areas(connection, areas));
    for (Level& level : levels) {
        level.found = level.index.locate(plane);
    }
    AreasFound found;
    found.off_coast = fetch_from_the_sea(levels, plane, tolerance);
    for (Level& level : levels) {
        found.levels.push_back({level.name, level.first_area, std::move(level.found)});
    }
    return found;
}

Result<void> write_site_areas(store::Connection& connection, const AreasFound& areas,
                              std::span<const std::int32_t> position) {
    ICMAP_ASSIGN(const auto words, area_levels(connection));
    std::vector<std::uint8_t> level_word;
    for (const AreasFound::Level& level : areas.levels) {
        const auto word = std::find(words.begin(), words.end(), level.name);
        if (word == words.end()) {
            return internal_error("no area_level is called " + level.name);
        }
        level_word.push_back(static_cast<std::uint8_t>(word - words.begin()));
    }
    std::vector<std::uint32_t> site_ids;
    std::vector<std::uint8_t> levels;
    std::vector<std::uint32_t> area_ids;
    for (std::size_t site = 0; site < position.size(); ++site) {
        for (std::size_t i = 0; i < areas.levels.size() && position[site] >= 0; ++i) {
            const AreasFound::Level& level = areas.levels[i];
            const std::int32_t area = level.areas[static_cast<std::size_t>(position[site])];
            if (area != geo::kNoArea) {
                site_ids.push_back(static_cast<std::uint32_t>(site));
                levels.push_back(level_word[i]);
                area_ids.push_back(level.first_area + static_cast<std::uint32_t>(area));
            }
        }
    }
    const std::array<store::Column, 3> columns{
        store::Column{std::span<const std::uint32_t>(site_ids)},
        store::Column{.values = std::span<const std::uint8_t>(levels), .words = words},
        store::Column{std::span<const std::uint32_t>(area_ids)}};
    return store::append_columns(connection, "main", "site_area", columns);
}

Result<void> write_land(store::Connection& connection) {
    std::vector<geo::Geometry> pieces;
    Result<void> outcome;
    ICMAP_TRY(connection.read(
        "select geometry from staging.coastline_record order by source_id, record",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size() && outcome; ++i) {
                auto piece = geo::Geometry::from_wkb(chunk.text(0, i)).and_then(geo::mend);
                if (piece) {
                    pieces.push_back(std::move(piece->geometry));
                } else {
                    outcome = tl::unexpected(std::move(piece).error());
                }
            }
        }));
    ICMAP_TRY(std::move(outcome));
    if (pieces.empty()) {
        return {};
    }
    ICMAP_ASSIGN(const auto land, geo::unite(pieces));
    const std::vector<std::string> wkb{land.wkb()};
    store::Column geometry{std::span<const std::string>(wkb)};
    geometry.is_blob = true;
    return store::append_columns(connection, "main", "land", std::array{geometry});
}

} // namespace icmap::locate
