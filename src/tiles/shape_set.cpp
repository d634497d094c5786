#include "tiles/shape_set.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::tiles {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Squared distance of `p` from the segment.
double squared_distance(WorldXY p, WorldXY a, WorldXY b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double along =
        length > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0.0;
    const double ex = p.x - (a.x + along * dx);
    const double ey = p.y - (a.y + along * dy);
    return ex * ex + ey * ey;
}

void widen(Box& box, WorldXY p) {
    box = {std::min(box.min_x, p.x), std::min(box.min_y, p.y), std::max(box.max_x, p.x),
           std::max(box.max_y, p.y)};
}

constexpr Box kNowhere{kInfinity, kInfinity, -kInfinity, -kInfinity};

bool is_inside(const Box& inner, const Box& outer) {
    return inner.min_x >= outer.min_x && inner.max_x <= outer.max_x && inner.min_y >= outer.min_y &&
           inner.max_y <= outer.max_y;
}

TileGeometry type_of(geo::GeometryKind kind) {
    switch (kind) {
    case geo::GeometryKind::polygons:
        return TileGeometry::polygon;
    case geo::GeometryKind::lines:
        return TileGeometry::line;
    default:
        return TileGeometry::point;
    }
}

} // namespace

/// The tolerance at which Douglas and Peucker (1973) would drop each vertex, squared. A vertex
/// never matters more than the one that its stretch was cut at, so that any tolerance gives a chain
/// of their algorithm. Ends, and of a ring two far vertices, are always kept.
void ShapeSet::weigh(std::vector<Vertex>& vertices, bool is_ring) {
    struct Stretch {
        std::size_t first, last; // last may be vertices.size(): the ring's start again
        double limit;
    };
    const auto place = [&vertices](std::size_t i) { return vertices[i % vertices.size()].place; };
    std::vector<Stretch> open;
    vertices.front().matter = kInfinity;
    if (is_ring) {
        std::size_t far = 0;
        double farthest = -1.0;
        for (std::size_t i = 1; i < vertices.size(); ++i) {
            const double d = squared_distance(place(i), place(0), place(0));
            if (d > farthest) {
                farthest = d;
                far = i;
            }
        }
        vertices[far].matter = kInfinity;
        open = {{0, far, kInfinity}, {far, vertices.size(), kInfinity}};
    } else {
        vertices.back().matter = kInfinity;
        open = {{0, vertices.size() - 1, kInfinity}};
    }
    while (!open.empty()) {
        const Stretch stretch = open.back();
        open.pop_back();
        std::size_t far = stretch.first;
        double farthest = -1.0;
        for (std::size_t i = stretch.first + 1; i < stretch.last; ++i) {
            const double d = squared_distance(place(i), place(stretch.first), place(stretch.last));
            if (d > farthest) {
                farthest = d;
                far = i;
            }
        }
        if (far != stretch.first) {
            const double matter = std::min(farthest, stretch.limit);
            vertices[far].matter = matter;
            open.push_back({stretch.first, far, matter});
            open.push_back({far, stretch.last, matter});
        }
    }
}

ShapeSet::Path ShapeSet::make_path(const geo::Ring& ring, geo::GeometryKind kind, bool is_hole) {
    Path path{type_of(kind), is_hole, kNowhere, {}};
    const bool is_ring = path.type == TileGeometry::polygon;
    path.vertices.reserve(ring.size());
    for (std::size_t i = 0; i + (is_ring ? 1 : 0) < ring.size(); ++i) {
        const WorldXY place = to_world({ring[i].x_m, ring[i].y_m});
        path.vertices.push_back({place, 0.0});
        widen(path.bounds, place);
    }
    if (path.type != TileGeometry::point && !path.vertices.empty()) {
        weigh(path.vertices, is_ring);
    }
    return path;
}

ShapeSet::ShapeSet(std::span<const geo::Geometry> lon_lat, const ShapeOptions& options)
    : options_(options), bounds_(lon_lat.size(), kNowhere), paths_(lon_lat.size()) {
    parallel_for_each(lon_lat.size(), 16, [&](std::size_t i) {
        for (const geo::GeometryPart& part : lon_lat[i].parts()) {
            for (std::size_t ring = 0; ring < part.rings.size(); ++ring) {
                paths_[i].push_back(make_path(part.rings[ring], part.kind, ring > 0));
                const Box& box = paths_[i].back().bounds;
                widen(bounds_[i], {box.min_x, box.min_y});
                widen(bounds_[i], {box.max_x, box.max_y});
            }
        }
    });
}

ShapeSet::Frame ShapeSet::frame_of(TileId tile) const {
    const double side = std::ldexp(1.0, -static_cast<int>(tile.z));
    const auto margin = static_cast<double>(options_.buffer);
    const auto extent = static_cast<double>(options_.extent);
    const double wide = side * margin / extent;
    const double tolerance = side * options_.simplify / extent;
    return {tile,
            {tile.x * side - wide, tile.y * side - wide, (tile.x + 1.0) * side + wide,
             (tile.y + 1.0) * side + wide},
            {-margin, -margin, extent + margin, extent + margin},
            tolerance * tolerance};
}

std::vector<TilePoint> ShapeSet::kept_vertices(const Path& path, const Frame& frame) const {
    const double scale =
        std::ldexp(static_cast<double>(options_.extent), static_cast<int>(frame.tile.z));
    const double west = std::ldexp(frame.tile.x, -static_cast<int>(frame.tile.z));
    const double north = std::ldexp(frame.tile.y, -static_cast<int>(frame.tile.z));
    std::vector<TilePoint> kept;
    for (const Vertex& vertex : path.vertices) {
        if (path.type == TileGeometry::point || vertex.matter >= frame.least_matter) {
            kept.push_back({(vertex.place.x - west) * scale, (vertex.place.y - north) * scale});
        }
    }
    return kept;
}

/// \returns false if nothing of the ring is left
bool ShapeSet::draw_ring(const Path& path, const Frame& frame, GeometryCommands& commands) const {
    if (!path.bounds.intersects(frame.world)) {
        return false;
    }
    std::vector<TilePoint> ring = kept_vertices(path, frame);
    if (!is_inside(path.bounds, frame.world)) {
        ring = clip_ring(ring, frame.steps);
    }
    std::vector<TileXY> steps = quantised(ring, true);
    const std::int64_t area = twice_signed_area(steps);
    if (steps.size() < 3 || area == 0) {
        return false;
    }
    if ((area > 0) == path.is_hole) {
        std::ranges::reverse(steps);
    }
    commands.ring(steps);
    return true;
}

void ShapeSet::draw(std::size_t shape, TileGeometry type, const Frame& frame,
                    GeometryCommands& commands) const {
    std::vector<TileXY> points;
    bool has_shell = false;
    for (const Path& path : paths_[shape]) {
        if (path.type != type) {
            continue;
        }
        if (type == TileGeometry::polygon) {
            if (!path.is_hole) {
                has_shell = draw_ring(path, frame, commands);
            } else if (has_shell) {
                static_cast<void>(draw_ring(path, frame, commands));
            }
        } else if (type == TileGeometry::line && path.bounds.intersects(frame.world)) {
            for (const auto& part : clip_line(kept_vertices(path, frame), frame.steps)) {
                const std::vector<TileXY> steps = quantised(part, false);
                if (steps.size() > 1) {
                    commands.line(steps);
                }
            }
        } else if (type == TileGeometry::point && path.bounds.intersects(frame.world)) {
            points.push_back(quantised(kept_vertices(path, frame), false).front());
        }
    }
    if (!points.empty()) {
        commands.points(points);
    }
}

} // namespace icmap::tiles
