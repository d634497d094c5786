#include "geo/geometry.hpp"

#include "geo/geos.hpp"
#include "geo/inscribed_circle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <new>

namespace icmap::geo {

using geos::context;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// GEOS computes bounds when first asked, which two readers must not do at once: ask now.
void compute_bounds(const GEOSGeom_t* raw) {
    double unused = 0.0;
    geos::for_each_part(raw, [&unused](const GEOSGeom_t* part) {
        GEOSGeom_getXMin_r(context(), part, &unused);
        if (GEOSGeomTypeId_r(context(), part) == GEOS_POLYGON) {
            const int holes = GEOSGetNumInteriorRings_r(context(), part);
            for (int i = 0; i < holes; ++i) {
                GEOSGeom_getXMin_r(context(), GEOSGetInteriorRingN_r(context(), part, i), &unused);
            }
        }
    });
    if (GEOSisEmpty_r(context(), raw) == 0) {
        GEOSGeom_getXMin_r(context(), raw, &unused);
    }
}

GEOSGeom_t* not_null(GEOSGeom_t* raw) {
    if (raw == nullptr) {
        throw std::bad_alloc();
    }
    return raw;
}

Result<Ring> closed_ring(std::span<const PlaneXY> positions) {
    Ring ring(positions.begin(), positions.end());
    if (!ring.empty() && ring.front() != ring.back()) {
        ring.push_back(ring.front());
    }
    if (ring.size() < 4) {
        return input_error(fmt::format("A ring of a polygon has {} positions", positions.size()),
                           "Give at least three that differ");
    }
    return ring;
}

Result<void> check_finite(std::span<const PlaneXY> positions) {
    for (const PlaneXY& p : positions) {
        if (!std::isfinite(p.x_m) || !std::isfinite(p.y_m)) {
            return input_error(
                fmt::format("A position of a geometry is not finite: ({}, {})", p.x_m, p.y_m),
                "Correct or remove it in its source file");
        }
    }
    return {};
}

double signed_area(const Ring& ring) {
    double twice = 0.0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const double ax = ring[i].x_m - ring[0].x_m;
        const double ay = ring[i].y_m - ring[0].y_m;
        const double bx = ring[i + 1].x_m - ring[0].x_m;
        const double by = ring[i + 1].y_m - ring[0].y_m;
        twice += ax * by - bx * ay;
    }
    return 0.5 * twice;
}

Ring oriented(Ring ring, bool anticlockwise) {
    if ((signed_area(ring) > 0.0) != anticlockwise) {
        std::reverse(ring.begin(), ring.end());
    }
    return ring;
}

GeometryPart polygon_part(const GEOSGeom_t* polygon) {
    GeometryPart part{GeometryKind::polygons, {}};
    part.rings.push_back(
        oriented(geos::positions(GEOSGetExteriorRing_r(context(), polygon)), true));
    const int holes = GEOSGetNumInteriorRings_r(context(), polygon);
    for (int i = 0; i < holes; ++i) {
        part.rings.push_back(
            oriented(geos::positions(GEOSGetInteriorRingN_r(context(), polygon, i)), false));
    }
    return part;
}

PlaneXY position_of(const GEOSGeom_t* point) {
    PlaneXY position{kNaN, kNaN};
    if (point != nullptr && GEOSisEmpty_r(context(), point) == 0) {
        GEOSGeomGetX_r(context(), point, &position.x_m);
        GEOSGeomGetY_r(context(), point, &position.y_m);
    }
    return position;
}

} // namespace

void Geometry::Destroy::operator()(GEOSGeom_t* raw) const {
    GEOSGeom_destroy_r(context(), raw);
}

Geometry::Geometry()
    : raw_(not_null(GEOSGeom_createEmptyCollection_r(context(), GEOS_GEOMETRYCOLLECTION))) {}
Geometry::~Geometry() = default;
Geometry::Geometry(const Geometry& other)
    : Geometry(adopt(GEOSGeom_clone_r(context(), other.raw()))) {}
Geometry& Geometry::operator=(const Geometry& other) {
    if (this != &other) {
        *this = Geometry(other);
    }
    return *this;
}
// A moved-from geometry may only be assigned to or destroyed, as the standard library's own.
Geometry::Geometry(Geometry&&) noexcept = default;
Geometry& Geometry::operator=(Geometry&&) noexcept = default;

Geometry::Geometry(GEOSGeom_t* raw) : raw_(not_null(raw)) {
    compute_bounds(raw);
}

Geometry Geometry::adopt(GEOSGeom_t* raw) {
    return Geometry(raw);
}

const GEOSGeom_t* Geometry::raw() const {
    return raw_.get();
}

Geometry Geometry::point(PlaneXY position) {
    return adopt(GEOSGeom_createPoint_r(context(), geos::sequence(std::span(&position, 1))));
}

Geometry Geometry::points(std::span<const PlaneXY> positions) {
    std::vector<GEOSGeometry*> made;
    made.reserve(positions.size());
    for (const PlaneXY& position : positions) {
        made.push_back(GEOSGeom_createPoint_r(context(), geos::sequence(std::span(&position, 1))));
    }
    return adopt(GEOSGeom_createCollection_r(context(), GEOS_MULTIPOINT, made.data(),
                                             static_cast<unsigned int>(made.size())));
}

Result<Geometry> Geometry::line(std::span<const PlaneXY> positions) {
    ICMAP_TRY(check_finite(positions));
    if (positions.size() < 2) {
        return input_error(fmt::format("A line has {} positions", positions.size()),
                           "Give at least two");
    }
    return geos::adopt_result(GEOSGeom_createLineString_r(context(), geos::sequence(positions)),
                              "line");
}

Result<Geometry> Geometry::polygon(std::span<const PlaneXY> shell, std::span<const Ring> holes) {
    ICMAP_TRY(check_finite(shell));
    ICMAP_ASSIGN(const Ring closed_shell, closed_ring(shell));
    std::vector<Ring> closed_holes;
    for (const Ring& hole : holes) {
        ICMAP_TRY(check_finite(hole));
        ICMAP_ASSIGN(closed_holes.emplace_back(), closed_ring(hole));
    }
    std::vector<GEOSGeometry*> raw_holes;
    raw_holes.reserve(closed_holes.size());
    for (const Ring& hole : closed_holes) {
        raw_holes.push_back(GEOSGeom_createLinearRing_r(context(), geos::sequence(hole)));
    }
    GEOSGeometry* raw_shell = GEOSGeom_createLinearRing_r(context(), geos::sequence(closed_shell));
    return geos::adopt_result(GEOSGeom_createPolygon_r(context(), raw_shell, raw_holes.data(),
                                                       static_cast<unsigned int>(raw_holes.size())),
                              "polygon");
}

Geometry Geometry::box(const Box& box) {
    const std::array<PlaneXY, 5> ring{{{box.min_x, box.min_y},
                                       {box.max_x, box.min_y},
                                       {box.max_x, box.max_y},
                                       {box.min_x, box.max_y},
                                       {box.min_x, box.min_y}}};
    GEOSGeometry* shell = GEOSGeom_createLinearRing_r(context(), geos::sequence(ring));
    return adopt(GEOSGeom_createPolygon_r(context(), shell, nullptr, 0));
}

Geometry Geometry::collect(std::span<const Geometry> geometries) {
    std::vector<GEOSGeometry*> parts;
    GeometryKind kind = GeometryKind::empty;
    for (const Geometry& geometry : geometries) {
        geos::for_each_part(geometry.raw(), [&parts](const GEOSGeom_t* part) {
            parts.push_back(GEOSGeom_clone_r(context(), part));
        });
        if (!geometry.is_empty()) {
            kind = kind == GeometryKind::empty || kind == geometry.kind() ? geometry.kind()
                                                                          : GeometryKind::mixed;
        }
    }
    if (parts.size() == 1) {
        return adopt(parts.front());
    }
    const int type = kind == GeometryKind::points     ? GEOS_MULTIPOINT
                     : kind == GeometryKind::lines    ? GEOS_MULTILINESTRING
                     : kind == GeometryKind::polygons ? GEOS_MULTIPOLYGON
                                                      : GEOS_GEOMETRYCOLLECTION;
    return adopt(GEOSGeom_createCollection_r(context(), type, parts.data(),
                                             static_cast<unsigned int>(parts.size())));
}

bool Geometry::is_empty() const {
    return GEOSisEmpty_r(context(), raw()) == 1;
}

GeometryKind Geometry::kind() const {
    GeometryKind kind = GeometryKind::empty;
    geos::for_each_part(raw(), [&kind](const GEOSGeom_t* part) {
        const int type = GEOSGeomTypeId_r(context(), part);
        const GeometryKind own = type == GEOS_POINT     ? GeometryKind::points
                                 : type == GEOS_POLYGON ? GeometryKind::polygons
                                                        : GeometryKind::lines;
        kind = kind == GeometryKind::empty || kind == own ? own : GeometryKind::mixed;
    });
    return kind;
}

std::size_t Geometry::part_count() const {
    std::size_t count = 0;
    geos::for_each_part(raw(), [&count](const GEOSGeom_t*) { ++count; });
    return count;
}

std::size_t Geometry::vertex_count() const {
    return static_cast<std::size_t>(std::max(0, GEOSGetNumCoordinates_r(context(), raw())));
}

std::vector<GeometryPart> Geometry::parts() const {
    std::vector<GeometryPart> parts;
    geos::for_each_part(raw(), [&parts](const GEOSGeom_t* part) {
        switch (GEOSGeomTypeId_r(context(), part)) {
        case GEOS_POINT:
            parts.push_back({GeometryKind::points, {geos::positions(part)}});
            break;
        case GEOS_POLYGON:
            parts.push_back(polygon_part(part));
            break;
        default:
            parts.push_back({GeometryKind::lines, {geos::positions(part)}});
            break;
        }
    });
    return parts;
}

Box Geometry::bounds() const {
    if (is_empty()) {
        return {1.0, 1.0, 0.0, 0.0};
    }
    Box box;
    GEOSGeom_getXMin_r(context(), raw(), &box.min_x);
    GEOSGeom_getYMin_r(context(), raw(), &box.min_y);
    GEOSGeom_getXMax_r(context(), raw(), &box.max_x);
    GEOSGeom_getYMax_r(context(), raw(), &box.max_y);
    return box;
}

double Geometry::area_m2() const {
    double area = 0.0;
    GEOSArea_r(context(), raw(), &area);
    return area;
}

double Geometry::length_m() const {
    double length = 0.0;
    GEOSLength_r(context(), raw(), &length);
    return length;
}

PlaneXY Geometry::centroid() const {
    const geos::OwnedGeometry point(GEOSGetCentroid_r(context(), raw()));
    return position_of(point.get());
}

PlaneXY Geometry::label_point() const {
    if (kind() != GeometryKind::polygons) {
        const geos::OwnedGeometry point(GEOSPointOnSurface_r(context(), raw()));
        return position_of(point.get());
    }
    const Box box = bounds();
    const double size = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
    const double precision = std::max(size * 0.01, 1e-9);
    // GEOS indexes the border, which pays for long ones only.
    constexpr std::size_t kIndexPays = 500;
    if (vertex_count() < kIndexPays) {
        if (const auto centre = inscribed_centre(edges_of(*this), precision)) {
            return *centre;
        }
    }
    const geos::OwnedGeometry radius(GEOSMaximumInscribedCircle_r(context(), raw(), precision));
    if (radius != nullptr) {
        const Ring ends = geos::positions(radius.get());
        if (!ends.empty()) {
            return ends.front();
        }
    }
    const geos::OwnedGeometry point(GEOSPointOnSurface_r(context(), raw()));
    return position_of(point.get());
}

bool Geometry::covers(PlaneXY position) const {
    return covers(point(position));
}

bool Geometry::covers(const Geometry& other) const {
    return GEOSCovers_r(context(), raw(), other.raw()) == 1;
}

bool Geometry::intersects(const Geometry& other) const {
    return GEOSIntersects_r(context(), raw(), other.raw()) == 1;
}

double Geometry::distance_m(PlaneXY position) const {
    double distance = 0.0;
    if (is_empty() || GEOSDistance_r(context(), raw(), point(position).raw(), &distance) == 0) {
        return std::numeric_limits<double>::infinity();
    }
    return distance;
}

bool Geometry::equals_exactly(const Geometry& other) const {
    return GEOSEqualsExact_r(context(), raw(), other.raw(), 0.0) == 1;
}

bool Geometry::is_valid() const {
    return GEOSisValid_r(context(), raw()) == 1;
}

std::string Geometry::validity_reason() const {
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(context(), raw(), 0, &reason, &place);
    const std::unique_ptr<char, geos::FreeBuffer> owned_reason(reason);
    const geos::OwnedGeometry owned_place(place);
    if (valid == 1) {
        return {};
    }
    std::string text = reason != nullptr ? reason : geos::take_error();
    if (place != nullptr) {
        const PlaneXY p = position_of(place);
        text += fmt::format(" at ({:.9g}, {:.9g})", p.x_m, p.y_m);
    }
    return text;
}

} // namespace icmap::geo
