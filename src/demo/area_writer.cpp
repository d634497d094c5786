#include "demo/area_writer.hpp"

#include "base/parallel.hpp"
#include "demo/authorities.hpp"
#include "demo/land.hpp"
#include "demo/national_grid.hpp"
#include "demo/output_file.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>

namespace icmap::demo {
namespace {

/// A GEOS context of this thread's own; geometries hold a pointer to it.
using Context = std::unique_ptr<GEOSContextHandle_HS, decltype(&GEOS_finish_r)>;

Context make_context() {
    return {GEOS_init_r(), &GEOS_finish_r};
}

struct Free {
    GEOSContextHandle_t context;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, Free>;

GEOSCoordSequence* sequence(GEOSContextHandle_t context, std::span<const PlaneXY> points) {
    GEOSCoordSequence* out =
        GEOSCoordSeq_create_r(context, static_cast<unsigned>(points.size()), 2);
    for (unsigned i = 0; i < points.size(); ++i) {
        GEOSCoordSeq_setXY_r(context, out, i, points[i].x_m, points[i].y_m);
    }
    return out;
}

/// The land polygons; a polygon that GEOS finds invalid is mended.
std::vector<Geometry> land(GEOSContextHandle_t context) {
    std::vector<Geometry> out;
    for (const PlanePolygon& polygon : uk_polygons()) {
        std::vector<GEOSGeometry*> holes;
        for (std::size_t i = 1; i < polygon.size(); ++i) {
            holes.push_back(GEOSGeom_createLinearRing_r(context, sequence(context, polygon[i])));
        }
        Geometry one(GEOSGeom_createPolygon_r(
                         context,
                         GEOSGeom_createLinearRing_r(context, sequence(context, polygon[0])),
                         holes.data(), static_cast<unsigned>(holes.size())),
                     {context});
        if (GEOSisValid_r(context, one.get()) != 1) {
            one = Geometry(GEOSMakeValid_r(context, one.get()), {context});
        }
        out.push_back(std::move(one));
    }
    return out;
}

/// The Voronoi cell of each authority's town, parallel to area_map().authorities.
std::vector<Geometry> cells(GEOSContextHandle_t context) {
    const auto& authorities = area_map().authorities;
    std::vector<PlaneXY> towns;
    for (const LocalAuthority& authority : authorities) {
        towns.push_back(authority.centre);
    }
    const Geometry points(GEOSGeom_createLineString_r(context, sequence(context, towns)),
                          {context});
    const std::array<PlaneXY, 2> corners{{{-200000.0, -200000.0}, {900000.0, 1400000.0}}};
    const Geometry box(GEOSGeom_createLineString_r(context, sequence(context, corners)), {context});
    const Geometry envelope(GEOSEnvelope_r(context, box.get()), {context});
    const Geometry diagram(GEOSVoronoiDiagram_r(context, points.get(), envelope.get(), 0.0, 0),
                           {context});
    std::vector<Geometry> out(authorities.size());
    if (diagram == nullptr) {
        return out;
    }
    const int count = GEOSGetNumGeometries_r(context, diagram.get());
    for (int i = 0; i < count; ++i) {
        const GEOSGeometry* cell = GEOSGetGeometryN_r(context, diagram.get(), i);
        const Geometry inside(GEOSPointOnSurface_r(context, cell), {context});
        PlaneXY at;
        GEOSGeomGetX_r(context, inside.get(), &at.x_m);
        GEOSGeomGetY_r(context, inside.get(), &at.y_m);
        out[authority_at(at)] = Geometry(GEOSGeom_clone_r(context, cell), {context});
    }
    return out;
}

/// The part of the land inside a cell, as one multipolygon.
Geometry clip(GEOSContextHandle_t context, const std::vector<Geometry>& pieces,
              const GEOSGeometry* cell) {
    std::vector<GEOSGeometry*> parts;
    for (const Geometry& piece : pieces) {
        if (GEOSIntersects_r(context, piece.get(), cell) == 1) {
            parts.push_back(GEOSIntersection_r(context, piece.get(), cell));
        }
    }
    const Geometry all(GEOSGeom_createCollection_r(context, GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                   static_cast<unsigned>(parts.size())),
                       {context});
    return {GEOSUnaryUnion_r(context, all.get()), {context}};
}

Geometry unite(GEOSContextHandle_t context, const std::vector<const GEOSGeometry*>& parts) {
    std::vector<GEOSGeometry*> copies;
    for (const GEOSGeometry* part : parts) {
        copies.push_back(GEOSGeom_clone_r(context, part));
    }
    const Geometry all(GEOSGeom_createCollection_r(context, GEOS_GEOMETRYCOLLECTION, copies.data(),
                                                   static_cast<unsigned>(copies.size())),
                       {context});
    return {GEOSUnaryUnion_r(context, all.get()), {context}};
}

void append_ring(std::string& out, GEOSContextHandle_t context, const GEOSGeometry* ring) {
    const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context, points, &size);
    out += '[';
    for (unsigned i = 0; i < size; ++i) {
        PlaneXY at;
        GEOSCoordSeq_getXY_r(context, points, i, &at.x_m, &at.y_m);
        const LonLat position = from_national_grid(at);
        out += i == 0 ? "[" : ",[";
        append_fixed(out, position.lon, 5);
        out += ',';
        append_fixed(out, position.lat, 5);
        out += ']';
    }
    out += ']';
}

/// The polygons of a geometry as the coordinates of a GeoJSON MultiPolygon.
void append_polygons(std::string& out, GEOSContextHandle_t context, const GEOSGeometry* geometry,
                     bool& is_first) {
    if (GEOSGeomTypeId_r(context, geometry) != GEOS_POLYGON) {
        const int count = GEOSGetNumGeometries_r(context, geometry);
        for (int i = 0; i < count && GEOSGeomTypeId_r(context, geometry) >= GEOS_MULTIPOLYGON;
             ++i) {
            append_polygons(out, context, GEOSGetGeometryN_r(context, geometry, i), is_first);
        }
        return;
    }
    out += is_first ? "[" : ",[";
    is_first = false;
    append_ring(out, context, GEOSGetExteriorRing_r(context, geometry));
    const int holes = GEOSGetNumInteriorRings_r(context, geometry);
    for (int i = 0; i < holes; ++i) {
        out += ',';
        append_ring(out, context, GEOSGetInteriorRingN_r(context, geometry, i));
    }
    out += ']';
}

class AreaFile {
  public:
    explicit AreaFile(GEOSContextHandle_t context) : context_(context) {}

    void add(const std::string& code, const std::string& name, const char* level,
             const std::string& parent, const GEOSGeometry* geometry) {
        if (geometry == nullptr || GEOSisEmpty_r(context_, geometry) == 1) {
            return;
        }
        text_ += fmt::format(R"({}{{"type":"Feature","properties":{{"code":"{}","name":"{}",)"
                             R"("level":"{}","parent":{}}},"geometry":{{"type":"MultiPolygon",)"
                             R"("coordinates":[)",
                             is_first_ ? "" : ",\n", code, name, level,
                             parent.empty() ? "null" : '"' + parent + '"');
        bool is_first = true;
        append_polygons(text_, context_, geometry, is_first);
        text_ += "]}}";
        is_first_ = false;
    }

    /// Adds the unions of the authorities that name each wider area.
    template <class CodeOf>
    void add_wider(const std::vector<WiderArea>& areas, const char* level,
                   const std::vector<Geometry>& authorities, CodeOf&& code_of) {
        for (const WiderArea& area : areas) {
            std::vector<const GEOSGeometry*> parts;
            for (std::size_t i = 0; i < authorities.size(); ++i) {
                if (authorities[i] != nullptr && code_of(area_map().authorities[i]) == area.code) {
                    parts.push_back(authorities[i].get());
                }
            }
            if (!parts.empty()) {
                const Geometry all = unite(context_, parts);
                add(area.code, area.name, level, area.parent, all.get());
            }
        }
    }

    [[nodiscard]] std::string finish() && { return std::move(text_) + "\n]}\n"; }

  private:
    GEOSContextHandle_t context_;
    std::string text_ = "{\"type\":\"FeatureCollection\",\"features\":[\n";
    bool is_first_ = true;
};

} // namespace

Result<void> write_areas(const std::filesystem::path& path) {
    const AreaMap& map = area_map();
    const Context context = make_context();
    const auto pieces = land(context.get());
    const auto voronoi = cells(context.get());
    if (std::ranges::any_of(voronoi, [](const Geometry& cell) { return cell == nullptr; })) {
        return internal_error("GEOS made no area around one of the towns");
    }
    std::vector<Geometry> authorities;
    for (const Geometry& cell : voronoi) {
        authorities.push_back(clip(context.get(), pieces, cell.get()));
    }
    AreaFile file(context.get());
    for (std::size_t i = 0; i < authorities.size(); ++i) {
        const LocalAuthority& one = map.authorities[i];
        file.add(one.code, one.name, "lower_tier", one.itl3_code, authorities[i].get());
    }
    file.add_wider(map.combined, "combined_authority", authorities,
                   [](const LocalAuthority& one) { return one.combined_code; });
    file.add_wider(map.itl3, "itl3", authorities,
                   [](const LocalAuthority& one) { return one.itl3_code; });
    file.add_wider(map.regions, "region", authorities,
                   [](const LocalAuthority& one) { return one.region_code; });
    file.add_wider(map.countries, "country", authorities, [](const LocalAuthority& one) {
        return std::string(country_code(settlements()[one.town].nation));
    });
    return write_file(path, std::move(file).finish());
}

Result<void> write_coastline(const std::filesystem::path& path) {
    std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
    bool is_first = true;
    const auto append = [&](const PlaneRing& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const LonLat position = from_national_grid(ring[i]);
            text += i == 0 ? "[" : ",[";
            append_fixed(text, position.lon, 5);
            text += ',';
            append_fixed(text, position.lat, 5);
            text += ']';
        }
    };
    for (const PlanePolygon& polygon : uk_polygons()) {
        text += is_first ? "" : ",\n";
        is_first = false;
        text += R"({"type":"Feature","properties":{"name":"United Kingdom"},)"
                R"("geometry":{"type":"Polygon","coordinates":[)";
        for (std::size_t r = 0; r < polygon.size(); ++r) {
            text += r == 0 ? "[" : ",[";
            append(polygon[r]);
            text += ']';
        }
        text += "]}}";
    }
    return write_file(path, text + "\n]}\n");
}

Result<void> write_places(const std::filesystem::path& path) {
    std::string text;
    constexpr std::string_view kAdmin[] = {"ENG", "SCT", "WLS", "NIR"};
    for (const Settlement& place : settlements()) {
        const LocalAuthority& authority = area_map().authorities[authority_at(place.centre)];
        text +=
            fmt::format("{}\t{}\t{}\t\t{:.5f}\t{:.5f}\tP\t{}\tGB\t\t{}\t{}\t\t\t{}\t\t\t"
                        "Europe/London\t2024-11-01\n",
                        place.geonames_id, place.name, place.name, place.position.lat,
                        place.position.lon, place.feature, kAdmin[static_cast<int>(place.nation)],
                        authority.code, place.listed_population);
    }
    return write_file(path, text);
}

} // namespace icmap::demo
