#include "publish/one_polygon.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace icmap::publish {
namespace {

/// Of a degree of latitude; what is joined lies so close together that the Earth is flat there.
constexpr double kDegree_m = 111'195.0;

Result<std::vector<geo::Geometry>> polygons_of(const geo::Geometry& outline) {
    std::vector<geo::Geometry> polygons;
    for (const geo::GeometryPart& part : outline.parts()) {
        ICMAP_ASSIGN(polygons.emplace_back(),
                     geo::Geometry::polygon(part.rings.front(), std::span(part.rings).subspan(1)));
    }
    return polygons;
}

/// A strip from the first of the polygons to the one that is closest to it.
Result<geo::Geometry> strip(const std::vector<geo::Geometry>& polygons) {
    std::array<PlaneXY, 2> shortest{};
    double shortest_m = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < polygons.size(); ++i) {
        ICMAP_ASSIGN(const auto ends, geo::closest_positions(polygons.front(), polygons[i]));
        const double length_m = std::hypot(ends[0].x_m - ends[1].x_m, ends[0].y_m - ends[1].y_m);
        if (length_m < shortest_m) {
            shortest_m = length_m;
            shortest = ends;
        }
    }
    if (shortest_m == 0.0) {
        return geo::buffer(geo::Geometry::point(shortest[0]), kHalfStrip, 2);
    }
    ICMAP_ASSIGN(const auto line, geo::Geometry::line(shortest));
    return geo::buffer(line, kHalfStrip, 2);
}

} // namespace

Result<geo::Geometry> one_polygon(const geo::Geometry& lon_lat) {
    if (lon_lat.part_count() < 2) {
        return lon_lat;
    }
    const double degree_m = kDegree_m * std::cos(lon_lat.centroid().y_m * std::numbers::pi / 180.0);
    const auto scale = [](double x, double y) {
        return [x, y](std::span<PlaneXY> positions) {
            for (PlaneXY& position : positions) {
                position = {position.x_m * x, position.y_m * y};
            }
        };
    };
    ICMAP_ASSIGN(geo::Geometry plane, geo::transform(lon_lat, scale(degree_m, kDegree_m)));
    for (std::size_t parts = lon_lat.part_count(); parts > 1; parts = plane.part_count()) {
        ICMAP_ASSIGN(auto polygons, polygons_of(plane));
        ICMAP_ASSIGN(polygons.emplace_back(), strip(polygons));
        ICMAP_ASSIGN(plane, geo::unite(polygons));
        if (plane.part_count() >= parts) {
            return internal_error("the parts of an outline cannot be joined");
        }
    }
    return geo::transform(plane, scale(1.0 / degree_m, 1.0 / kDegree_m));
}

} // namespace icmap::publish
