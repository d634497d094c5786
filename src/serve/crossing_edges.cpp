#include "serve/crossing_edges.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

namespace icmap::serve {
namespace {

/// A degree in steps. 360 of them times 180 degrees of them are 6.5e18: products of differences
/// stay within 64 bits, so that every decision is exact.
constexpr double kSteps = 1e7;

struct Point {
    std::int64_t x, y;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Edge {
    Point start, end;
    std::size_t ring, position; ///< of its start
    std::int64_t min_x, max_x, min_y, max_y;
};

Point to_steps(PlaneXY degrees) {
    return {std::llround(degrees.x_m * kSteps), std::llround(degrees.y_m * kSteps)};
}

PlaneXY to_degrees(Point point) {
    return {static_cast<double>(point.x) / kSteps, static_cast<double>(point.y) / kSteps};
}

/// Which side of a line a point is on: 1 left, -1 right, 0 on it.
int side(const Edge& line, Point point) {
    const std::int64_t left = (line.end.x - line.start.x) * (point.y - line.start.y);
    const std::int64_t right = (line.end.y - line.start.y) * (point.x - line.start.x);
    return left > right ? 1 : left < right ? -1 : 0;
}

/// Of two edges on one line: do they share more than an end?
bool overlap(const Edge& a, const Edge& b) {
    const std::int64_t along_x = std::min(a.max_x, b.max_x) - std::max(a.min_x, b.min_x);
    const std::int64_t along_y = std::min(a.max_y, b.max_y) - std::max(a.min_y, b.min_y);
    return along_x > 0 || along_y > 0;
}

bool coincide(const Edge& a, const Edge& b) {
    return (a.start == b.start && a.end == b.end) || (a.start == b.end && a.end == b.start);
}

bool follow(const Edge& a, const Edge& b) {
    return a.ring == b.ring && (a.end == b.start || b.end == a.start) &&
           (a.position + 1 == b.position || b.position + 1 == a.position || a.position == 0 ||
            b.position == 0);
}

bool conflict(const Edge& a, const Edge& b) {
    const int start = side(a, b.start);
    const int end = side(a, b.end);
    if (start == 0 && end == 0) {
        return overlap(a, b) && !coincide(a, b) && !follow(a, b);
    }
    return start * end < 0 && side(b, a.start) * side(b, a.end) < 0;
}

std::vector<Edge> edges_of(std::span<const geo::Ring> rings) {
    std::vector<Edge> edges;
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
        const std::size_t size = rings[ring].size();
        for (std::size_t i = 0; i < size; ++i) {
            const Point start = to_steps(rings[ring][i]);
            const Point end = to_steps(rings[ring][(i + 1) % size]);
            if (start != end) {
                edges.push_back({start, end, ring, i, std::min(start.x, end.x),
                                 std::max(start.x, end.x), std::min(start.y, end.y),
                                 std::max(start.y, end.y)});
            }
        }
    }
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.min_x < b.min_x; });
    return edges;
}

} // namespace

std::string EdgePair::text() const {
    return fmt::format("the edge from {}, {} to {}, {} crosses that from {}, {} to {}, {}",
                       first_start.x_m, first_start.y_m, first_end.x_m, first_end.y_m,
                       second_start.x_m, second_start.y_m, second_end.x_m, second_end.y_m);
}

void round_positions(geo::Ring& ring) {
    for (PlaneXY& position : ring) {
        position = to_degrees(to_steps(position));
    }
}

std::optional<EdgePair> find_crossing(std::span<const geo::Ring> rings) {
    const std::vector<Edge> edges = edges_of(rings);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const Edge& a = edges[i];
        for (std::size_t k = i + 1; k < edges.size() && edges[k].min_x <= a.max_x; ++k) {
            const Edge& b = edges[k];
            if (b.min_y <= a.max_y && b.max_y >= a.min_y && conflict(a, b)) {
                return EdgePair{to_degrees(a.start), to_degrees(a.end), to_degrees(b.start),
                                to_degrees(b.end)};
            }
        }
    }
    return std::nullopt;
}

} // namespace icmap::serve
