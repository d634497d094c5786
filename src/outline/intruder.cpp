#include "outline/intruder.hpp"

#include "geo/grid_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::outline {

namespace {

struct Circle {
    PlaneXY centre;
    double radius_m = std::numeric_limits<double>::infinity();
    double worst_m = std::numeric_limits<double>::infinity(); ///< farthest point from the rim
};

/// Least-squares circle; infinite where the points are on one line.
/// \source Kåsa 1976, A circle fitting procedure and its error analysis
Circle fit_circle(std::span<const PlaneXY> points) {
    const PlaneXY origin = points.front(); // small numbers keep the sums exact enough
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sxz = 0, syz = 0, sz = 0;
    for (const PlaneXY& p : points) {
        const double x = p.x_m - origin.x_m;
        const double y = p.y_m - origin.y_m;
        const double z = x * x + y * y;
        sx += x;
        sy += y;
        sxx += x * x;
        syy += y * y;
        sxy += x * y;
        sxz += x * z;
        syz += y * z;
        sz += z;
    }
    const auto n = static_cast<double>(points.size());
    const double a = sxx - sx * sx / n;
    const double b = sxy - sx * sy / n;
    const double c = syy - sy * sy / n;
    const double d = 0.5 * (sxz - sx * sz / n);
    const double e = 0.5 * (syz - sy * sz / n);
    const double determinant = a * c - b * b;
    Circle circle;
    if (!(std::abs(determinant) > 1e-12 * (a + c) * (a + c))) {
        return circle;
    }
    circle.centre = {origin.x_m + (d * c - e * b) / determinant,
                     origin.y_m + (a * e - b * d) / determinant};
    circle.radius_m = 0.0;
    for (const PlaneXY& p : points) {
        circle.radius_m += std::hypot(p.x_m - circle.centre.x_m, p.y_m - circle.centre.y_m) / n;
    }
    circle.worst_m = 0.0;
    for (const PlaneXY& p : points) {
        const double off =
            std::hypot(p.x_m - circle.centre.x_m, p.y_m - circle.centre.y_m) - circle.radius_m;
        circle.worst_m = std::max(circle.worst_m, std::abs(off));
    }
    return circle;
}

/// `ring` without its repeated end, twice over, so that an arc may run through its start.
std::vector<PlaneXY> unrolled(const geo::Ring& ring) {
    std::vector<PlaneXY> twice(ring.begin(), ring.end() - 1);
    twice.insert(twice.end(), ring.begin(), ring.end() - 1);
    return twice;
}

void guess_by_radius(std::span<const PlaneXY> three, const IntruderOptions& options,
                     std::vector<PlaneXY>& guesses) {
    const Circle circle = fit_circle(three);
    if (options.radius && std::abs(circle.radius_m - options.radius->value) <= options.fit.value) {
        guesses.push_back(circle.centre);
    }
}

/// The centres of the longest arcs that start at each vertex.
std::vector<PlaneXY> arc_centres(const geo::Ring& ring, const IntruderOptions& options) {
    std::vector<PlaneXY> guesses;
    const std::size_t n = ring.size() - 1;
    const std::vector<PlaneXY> twice = unrolled(ring);
    for (std::size_t i = 0; i < n; ++i) {
        if (n >= 3) {
            guess_by_radius(std::span(twice).subspan(i, 3), options, guesses);
        }
        Circle best;
        for (std::size_t length = 4; length <= n; ++length) {
            const Circle circle = fit_circle(std::span(twice).subspan(i, length));
            if (!(circle.worst_m <= options.fit.value)) {
                break;
            }
            best = circle;
        }
        if (std::isfinite(best.radius_m)) {
            guesses.push_back(best.centre);
        }
    }
    return guesses;
}

} // namespace

std::vector<Leak> find_leaks(const geo::Geometry& boundary, std::span<const PlaneXY> members,
                             const IntruderOptions& options) {
    const geo::GridIndex index(members);
    std::vector<Leak> leaks;
    const auto try_guess = [&](LeakKind kind, PlaneXY place) {
        for (const geo::Neighbour& found : index.nearest(place, 1, options.reach)) {
            leaks.push_back({kind, found.index, place, found.distance_m});
        }
    };
    for (const geo::GeometryPart& part : boundary.parts()) {
        for (const geo::Ring& ring : part.rings) {
            for (const PlaneXY& vertex : ring) {
                try_guess(LeakKind::vertex, vertex);
            }
            if (part.kind == geo::GeometryKind::polygons) {
                for (const PlaneXY& centre : arc_centres(ring, options)) {
                    try_guess(LeakKind::arc_centre, centre);
                }
            }
        }
    }
    return leaks;
}

} // namespace icmap::outline
