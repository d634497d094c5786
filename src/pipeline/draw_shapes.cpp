#include "pipeline/draw_shapes.hpp"

#include "base/parallel.hpp"
#include "cluster/extent.hpp"
#include "geo/bounds.hpp"
#include "geo/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace icmap::pipeline {
namespace {

/// Shapes that a thread draws at once and that are taken into degrees with one call: neighbours
/// share corners, of which each is taken once (of 32 together 25 in 100 are others' too, of 64 28).
constexpr std::size_t kTogether = 64;

/// The sketches from neighbour to neighbour: by strips from south to north, from west to east.
std::vector<Sketch> by_place(std::span<const Sketch> sketches) {
    constexpr double kStrip_m = 10'000.0;
    std::vector<std::tuple<double, double, std::size_t>> order;
    order.reserve(sketches.size());
    for (std::size_t i = 0; i < sketches.size(); ++i) {
        const auto& [sites, shape] = sketches[i];
        const std::uint32_t first = shape->members.front();
        order.emplace_back(std::floor(sites->y_m[first] / kStrip_m), sites->x_m[first], i);
    }
    std::sort(order.begin(), order.end());
    std::vector<Sketch> ordered;
    ordered.reserve(sketches.size());
    for (const auto& [strip, x_m, i] : order) {
        ordered.push_back(sketches[i]);
    }
    return ordered;
}

/// Draws what is measured in the plane, and returns the outline.
Result<geo::Geometry> draw_in_plane(const Sketch& sketch, const Drawing& with) {
    const auto& [sites, shape] = sketch;
    std::vector<PlaneXY> members;
    members.reserve(shape->members.size());
    for (const std::uint32_t i : shape->members) {
        members.push_back({sites->x_m[i], sites->y_m[i]});
    }
    const outline::LandPiece* land =
        with.land.around(geo::bounds_of(members), outline::reach_of(with.options));
    ICMAP_ASSIGN(auto plane, outline::outline(members, with.options, land));
    shape->area_km2 = plane.area_m2() / 1e6;
    shape->extent_km = cluster::extent_of(std::move(members)).value / 1000.0;
    return plane;
}

Result<void> draw(std::span<const Sketch> sketches, const Drawing& with) {
    std::vector<geo::Geometry> planes;
    std::vector<PlaneXY> label_points;
    for (const Sketch& sketch : sketches) {
        ICMAP_ASSIGN(planes.emplace_back(), draw_in_plane(sketch, with));
        label_points.push_back(planes.back().label_point());
    }
    ICMAP_ASSIGN(const auto placed, geo::to_lon_lat(planes, with.projection));
    const std::vector<LonLat> labels = with.projection.to_lon_lat(label_points);
    for (std::size_t i = 0; i < sketches.size(); ++i) {
        Shape& shape = *sketches[i].shape;
        shape.wkb = placed[i].wkb();
        shape.bounds = placed[i].bounds();
        shape.label = labels[i];
    }
    return {};
}

} // namespace

Result<void> draw_shapes(std::span<const Sketch> sketches, const Drawing& with) {
    const std::vector<Sketch> ordered = by_place(sketches);
    std::vector<Result<void>> drawn((ordered.size() + kTogether - 1) / kTogether);
    parallel_for_each(drawn.size(), 1, [&](std::size_t part) {
        const std::size_t begin = part * kTogether;
        const std::size_t count = std::min(kTogether, ordered.size() - begin);
        drawn[part] = draw(std::span(ordered).subspan(begin, count), with);
    });
    for (Result<void>& result : drawn) {
        ICMAP_TRY(std::move(result));
    }
    return {};
}

} // namespace icmap::pipeline
