#include "geo/geometry.hpp"

#include "geo/geos.hpp"
#include "geo/projection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <tuple>

namespace icmap::geo {

using geos::adopt_result;
using geos::context;

namespace {

using Move = std::function<void(std::span<PlaneXY>)>;

/// The positions of a simple part after the move, or the first that has no image.
Result<Ring> moved(const GEOSGeom_t* simple, const Move& move) {
    Ring ring = geos::positions(simple);
    const Ring before = ring;
    move(ring);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (!std::isfinite(ring[i].x_m) || !std::isfinite(ring[i].y_m)) {
            return input_error(fmt::format("The position ({:.9g}, {:.9g}) of a geometry lies "
                                           "outside what the projection can carry",
                                           before[i].x_m, before[i].y_m),
                               "Check that x and y are not swapped and that the CRS is the data's "
                               "own");
        }
    }
    return ring;
}

Result<Geometry> moved_polygon(const GEOSGeom_t* polygon, const Move& move) {
    ICMAP_ASSIGN(const Ring shell, moved(GEOSGetExteriorRing_r(context(), polygon), move));
    std::vector<Ring> holes;
    const int n = GEOSGetNumInteriorRings_r(context(), polygon);
    for (int i = 0; i < n; ++i) {
        ICMAP_ASSIGN(holes.emplace_back(),
                     moved(GEOSGetInteriorRingN_r(context(), polygon, i), move));
    }
    return Geometry::polygon(shell, holes);
}

/// The positions of a part, ring by ring as `moved_part` takes them.
void append_positions(const GEOSGeom_t* part, std::vector<PlaneXY>& positions) {
    const auto append = [&positions](const GEOSGeom_t* simple) {
        const Ring ring = geos::positions(simple);
        positions.insert(positions.end(), ring.begin(), ring.end());
    };
    if (GEOSGeomTypeId_r(context(), part) != GEOS_POLYGON) {
        append(part);
        return;
    }
    append(GEOSGetExteriorRing_r(context(), part));
    const int n = GEOSGetNumInteriorRings_r(context(), part);
    for (int i = 0; i < n; ++i) {
        append(GEOSGetInteriorRingN_r(context(), part, i));
    }
}

Result<Geometry> moved_part(const GEOSGeom_t* part, const Move& move) {
    switch (GEOSGeomTypeId_r(context(), part)) {
    case GEOS_POLYGON:
        return moved_polygon(part, move);
    case GEOS_POINT: {
        ICMAP_ASSIGN(const Ring ring, moved(part, move));
        return Geometry::point(ring.front());
    }
    default: {
        ICMAP_ASSIGN(const Ring ring, moved(part, move));
        return Geometry::line(ring);
    }
    }
}

} // namespace

Result<Mended> mend(const Geometry& geometry) {
    if (geometry.is_valid()) {
        return Mended{geometry, false, {}};
    }
    Mended mended{{}, true, geometry.validity_reason()};
    const geos::Owned<GEOSMakeValidParams, GEOSMakeValidParams_destroy_r> params(
        GEOSMakeValidParams_create_r(context()));
    GEOSMakeValidParams_setMethod_r(context(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(context(), params.get(), 0);
    ICMAP_ASSIGN(mended.geometry,
                 adopt_result(GEOSMakeValidWithParams_r(context(), geometry.raw(), params.get()),
                              "make valid"));
    return mended;
}

Result<Geometry> unite(std::span<const Geometry> geometries) {
    const Geometry all = Geometry::collect(geometries);
    return adopt_result(GEOSUnaryUnion_r(context(), all.raw()), "union");
}

Result<Geometry> intersection(const Geometry& a, const Geometry& b) {
    return adopt_result(GEOSIntersection_r(context(), a.raw(), b.raw()), "intersection");
}

Result<Geometry> difference(const Geometry& a, const Geometry& b) {
    return adopt_result(GEOSDifference_r(context(), a.raw(), b.raw()), "difference");
}

Result<Geometry> simplify(const Geometry& geometry, Metres tolerance) {
    return adopt_result(GEOSTopologyPreserveSimplify_r(context(), geometry.raw(), tolerance.value),
                        "simplify");
}

Result<Geometry> buffer(const Geometry& geometry, Metres distance, int quadrant_segments) {
    return adopt_result(GEOSBuffer_r(context(), geometry.raw(), distance.value, quadrant_segments),
                        "buffer");
}

Result<Geometry> convex_hull(const Geometry& geometry) {
    return adopt_result(GEOSConvexHull_r(context(), geometry.raw()), "convex hull");
}

Result<Geometry> concave_hull(const Geometry& geometry, double ratio) {
    // GEOS's concave hull needs a triangle to start from; without one the convex hull is the
    // answer.
    ICMAP_ASSIGN(Geometry convex, convex_hull(geometry));
    if (convex.kind() != GeometryKind::polygons || ratio >= 1.0) {
        return convex;
    }
    return adopt_result(GEOSConcaveHull_r(context(), geometry.raw(), ratio, 0), "concave hull");
}

Result<std::array<PlaneXY, 2>> closest_positions(const Geometry& a, const Geometry& b) {
    const geos::Owned<GEOSCoordSequence, GEOSCoordSeq_destroy_r> positions(
        GEOSNearestPoints_r(context(), a.raw(), b.raw()));
    std::array<PlaneXY, 2> closest{};
    for (unsigned i = 0; i < closest.size(); ++i) {
        if (positions == nullptr ||
            GEOSCoordSeq_getXY_r(context(), positions.get(), i, &closest.at(i).x_m,
                                 &closest.at(i).y_m) == 0) {
            return input_error("An empty geometry is close to nothing", "");
        }
    }
    return closest;
}

Result<Geometry> transform(const Geometry& geometry, const Move& move) {
    std::vector<Geometry> parts;
    std::optional<Error> failure;
    geos::for_each_part(geometry.raw(), [&](const GEOSGeom_t* part) {
        if (failure) {
            return;
        }
        if (Result<Geometry> made = moved_part(part, move)) {
            parts.push_back(std::move(*made));
        } else {
            failure = std::move(made).error();
        }
    });
    if (failure) {
        return tl::unexpected(std::move(*failure));
    }
    return Geometry::collect(parts);
}

namespace {

/// Positions, each once, and which of them each given one is.
struct Distinct {
    std::vector<PlaneXY> positions;
    std::vector<std::uint32_t> number;
};

/// Rings end where they begin, and outlines of neighbours share many a corner.
Distinct distinct_of(std::span<const PlaneXY> positions) {
    // By their bits, in which any two numbers compare.
    std::vector<std::tuple<std::uint64_t, std::uint64_t, std::uint32_t>> order(positions.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = {std::bit_cast<std::uint64_t>(positions[i].x_m),
                    std::bit_cast<std::uint64_t>(positions[i].y_m), i};
    }
    std::sort(order.begin(), order.end());
    Distinct distinct{{}, std::vector<std::uint32_t>(order.size())};
    distinct.positions.reserve(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        const auto& [x, y, i] = order[k];
        if (k == 0 || x != std::get<0>(order[k - 1]) || y != std::get<1>(order[k - 1])) {
            distinct.positions.push_back(positions[i]);
        }
        distinct.number[i] = static_cast<std::uint32_t>(distinct.positions.size() - 1);
    }
    return distinct;
}

} // namespace

Result<Geometry> to_plane(const Geometry& lon_lat, const Projection& projection) {
    return transform(lon_lat, [&projection](std::span<PlaneXY> positions) {
        std::vector<LonLat> degrees;
        degrees.reserve(positions.size());
        for (const PlaneXY& p : positions) {
            degrees.push_back({p.x_m, p.y_m});
        }
        std::ranges::copy(projection.to_plane(degrees), positions.begin());
    });
}

Result<Geometry> to_lon_lat(const Geometry& plane, const Projection& projection) {
    ICMAP_ASSIGN(std::vector<Geometry> placed, to_lon_lat(std::span(&plane, 1), projection));
    return std::move(placed.front());
}

Result<std::vector<Geometry>> to_lon_lat(std::span<const Geometry> planes,
                                         const Projection& projection) {
    std::vector<PlaneXY> positions;
    for (const Geometry& plane : planes) {
        geos::for_each_part(plane.raw(), [&positions](const GEOSGeom_t* part) {
            append_positions(part, positions);
        });
    }
    const Distinct distinct = distinct_of(positions);
    const std::vector<LonLat> degrees = projection.to_lon_lat(distinct.positions);
    auto next = distinct.number.begin();
    const Move to_degrees = [&](std::span<PlaneXY> ring) {
        for (PlaneXY& p : ring) {
            const LonLat placed = degrees[*next++];
            p = {placed.lon, placed.lat};
        }
    };
    std::vector<Geometry> placed;
    placed.reserve(planes.size());
    for (const Geometry& plane : planes) {
        ICMAP_ASSIGN(placed.emplace_back(), transform(plane, to_degrees));
    }
    return placed;
}

} // namespace icmap::geo
