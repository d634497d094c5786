#include "geo/banded_edges.hpp"
#include "serve/bodies.hpp"
#include "serve/drawn_place.hpp"
#include "serve/selection.hpp"

namespace icmap::serve {
namespace {

Checked<std::int64_t> institutions_in(Call& call, const geo::Geometry& plane) {
    const Box box = plane.bounds();
    const geo::BandedEdges border(geo::edges_of(plane));
    std::int64_t count = 0;
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(
        const bool done,
        read_rows(lease.connection(), "assets_in_box",
                  [&](const store::Chunk& chunk) {
                      for (std::size_t i = 0; i < chunk.size(); ++i) {
                          const PlaneXY at{chunk.column<double>(0)[i], chunk.column<double>(1)[i]};
                          count += border.covers(at) ? 1 : 0;
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

/// The answer Selection for an area of the catalogue.
Checked<std::string> area_json(Call& call, std::size_t area, const SectorChoice& sectors,
                               std::int64_t limit) {
    const AreaEntry& entry = call.catalogue().areas[area];
    ICMAP_SERVE_ASSIGN(const auto plane,
                       geo::to_plane(entry.outline, call.atlas.ground->projection()));
    SelectionSubject subject;
    subject.area = area;
    subject.bounds = entry.bounds;
    subject.area_km2 = plane.area_m2() / 1e6;
    ICMAP_ASSIGN(subject.institutions, institutions_in(call, plane));
    subject.limit = static_cast<std::size_t>(limit);
    ICMAP_ASSIGN(const auto rows, rows_of_area(call.atlas, area));
    subject.inside = call.atlas.sites.count(rows);
    return selection_json(call.atlas, subject, sectors);
}

/// How many of the clusters are listed.
Checked<std::int64_t> read_limit(Call& call) {
    return call.parameters.integer("limit", 1, kMostClustersListed, kClustersListed);
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
    ICMAP_ASSIGN(const auto limit, read_limit(call));
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(auto json, area_json(call, *area, sectors, limit));
    return respond_json(std::move(json));
}

Answer compare_areas(Call& call) {
    const auto codes = call.parameters.list("area");
    ICMAP_ASSIGN(const auto sectors, read_sectors(call));
    ICMAP_ASSIGN(const auto limit, read_limit(call));
    ICMAP_TRY(call.parameters.finish());
    if (codes.empty() || codes.size() > kMostCompared) {
        return bad_request("One to ten areas can be compared", "area", std::to_string(codes.size()),
                           "Send area=CODE,CODE");
    }
    const Turn turn(drawing_turns(), kMostDrawnAtOnce);
    if (!turn.is_taken()) {
        return too_many_drawn();
    }
    JsonWriter json;
    json.begin_object();
    json.key("areas");
    json.begin_array();
    for (const std::string& code : codes) {
        const auto area = call.catalogue().find_area(code);
        if (!area) {
            return bad_request("There is no such area", "area", code, "/api/areas lists the codes");
        }
        ICMAP_ASSIGN(const auto one, area_json(call, *area, sectors, limit));
        json.raw(one);
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer post_selection(Call& call) {
    ICMAP_TRY(refuse_where_drawn_is_withheld(call.catalogue()));
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(const auto request, parse_selection(call.request.body));
    ICMAP_ASSIGN(const auto sectors,
                 choose_sectors(call.catalogue(), request.sectors, request.sector_types));
    const Turn turn(drawing_turns(), kMostDrawnAtOnce);
    if (!turn.is_taken()) {
        return too_many_drawn();
    }
    ICMAP_ASSIGN(const auto place, request.circle ? drawn_circle(call.atlas, *request.circle)
                                                  : drawn_polygon(call.atlas, request.polygon));
    SelectionSubject subject;
    subject.limit = static_cast<std::size_t>(request.limit);
    subject.inside = call.atlas.sites.count(place.rows);
    subject.bounds = lon_lat_bounds(place.plane, call.atlas.ground->projection());
    subject.area_km2 = place.plane.area_m2() / 1e6;
    ICMAP_ASSIGN(subject.institutions, institutions_in(call, place.plane));
    return respond_json(selection_json(call.atlas, subject, sectors));
}

} // namespace icmap::serve
