#include "serve/bodies.hpp"
#include "serve/selection.hpp"

#include <array>

namespace icmap::serve {
namespace {

Checked<std::int64_t> institutions_in(Call& call, const geo::Geometry& plane) {
    const Box box = plane.bounds();
    std::int64_t count = 0;
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(
        const bool done,
        read_rows(lease.connection(), "assets_in_box",
                  [&](const store::Chunk& chunk) {
                      for (std::size_t i = 0; i < chunk.size(); ++i) {
                          const PlaneXY at{chunk.column<double>(0)[i], chunk.column<double>(1)[i]};
                          count += plane.covers(at) ? 1 : 0;
                      }
                  },
                  {box.min_x, box.min_y, box.max_x, box.max_y})
            .map([] { return true; }));
    static_cast<void>(done);
    return count;
}

Box lon_lat_bounds(const geo::Geometry& plane, const geo::Projection& projection) {
    const auto geometry = geo::to_lon_lat(plane, projection);
    return geometry ? geometry->bounds() : Box{};
}

} // namespace

Answer get_areas(Call& call) {
    const auto level = call.parameters.text("level");
    ICMAP_TRY(call.parameters.finish());
    JsonWriter json;
    bool is_known = !level;
    json.begin_object();
    json.key("areas");
    json.begin_array();
    for (const AreaEntry& area : call.catalogue().areas) {
        if (!level || area.level == *level) {
            write_area(json, area);
            is_known = true;
        }
    }
    json.end_array();
    json.end_object();
    if (!is_known) {
        return bad_request("There is no area of this level", "level", *level,
                           "/api/atlas lists the levels in area_levels");
    }
    return respond_json(json.take());
}

Answer get_area(Call& call) {
    const auto area = call.catalogue().find_area(call.captured[0]);
    if (!area) {
        return not_found("There is no area " + call.captured[0], "/api/areas lists the codes");
    }
    ICMAP_ASSIGN(const auto sectors, read_sectors(call));
    ICMAP_TRY(call.parameters.finish());
    const AreaEntry& entry = call.catalogue().areas[*area];
    ICMAP_SERVE_ASSIGN(const auto plane,
                       geo::to_plane(entry.outline, call.atlas.ground->projection()));
    SelectionSubject subject;
    subject.area = area;
    subject.bounds = entry.bounds;
    subject.area_km2 = plane.area_m2() / 1e6;
    ICMAP_ASSIGN(subject.institutions, institutions_in(call, plane));
    std::vector<std::uint32_t> sites;
    auto lease = call.atlas.sessions().lend();
    // The table of the atlas decides which site is inside, not this outline: borders of areas are
    // drawn coarsely.
    const std::array<store::Value, 1> id{static_cast<std::int64_t>(entry.id)};
    ICMAP_SERVE_ASSIGN(
        const bool done,
        lease.connection()
            .read("select site_id from site_area where area_id = $1 order by site_id", id,
                  [&](const store::Chunk& chunk) {
                      const auto column = chunk.column<std::uint32_t>(0);
                      sites.insert(sites.end(), column.begin(), column.end());
                  })
            .map([] { return true; }));
    static_cast<void>(done);
    subject.inside = call.atlas.sites.count(call.atlas.sites.rows_of(sites));
    return respond_json(selection_json(call.atlas, subject, sectors));
}

Answer post_selection(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(const auto request, parse_selection(call.request.body));
    ICMAP_ASSIGN(const auto sectors,
                 choose_sectors(call.catalogue(), request.sectors, request.sector_types));
    const geo::Projection& projection = call.atlas.ground->projection();
    SelectionSubject subject;
    geo::Geometry plane;
    if (request.circle) {
        const PlaneXY centre = projection.to_plane(request.circle->centre);
        if (!geo::is_placed(centre)) {
            return bad_request("The centre of the circle lies outside the map", "circle", {},
                               "Choose a place inside the bounds of /api/atlas");
        }
        const Metres radius{request.circle->radius_m};
        subject.inside = call.atlas.sites.count(call.atlas.sites.within(centre, radius));
        ICMAP_SERVE_ASSIGN(plane, geo::buffer(geo::Geometry::point(centre), radius, 32));
    } else {
        ICMAP_SERVE_ASSIGN(auto mended, geo::mend(request.polygon));
        auto projected = geo::to_plane(mended.geometry, projection);
        if (!projected || projected->is_empty()) {
            return bad_request("The polygon lies outside the map, or has no inside", "polygon", {},
                               "Draw it inside the bounds of /api/atlas");
        }
        plane = std::move(*projected);
        subject.inside = call.atlas.sites.count(call.atlas.sites.within(plane));
    }
    subject.bounds = lon_lat_bounds(plane, projection);
    subject.area_km2 = plane.area_m2() / 1e6;
    ICMAP_ASSIGN(subject.institutions, institutions_in(call, plane));
    return respond_json(selection_json(call.atlas, subject, sectors));
}

} // namespace icmap::serve
