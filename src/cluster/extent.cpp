#include "cluster/extent.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::cluster {
namespace {

/// Above zero where the way from a over b to c turns left.
double turn(PlaneXY a, PlaneXY b, PlaneXY c) {
    return (b.x_m - a.x_m) * (c.y_m - a.y_m) - (b.y_m - a.y_m) * (c.x_m - a.x_m);
}

/// One half of the hull of places in order.
/// \source Andrew (1979), Another efficient algorithm for convex hulls in two dimensions
template <class Iterator>
void add_half(Iterator first, Iterator last, std::vector<PlaneXY>& hull) {
    const std::size_t begin = hull.size();
    for (; first != last; ++first) {
        while (hull.size() >= begin + 2 && turn(hull[hull.size() - 2], hull.back(), *first) <= 0) {
            hull.pop_back();
        }
        hull.push_back(*first);
    }
}

/// Drops places that are certainly inside the hull: within the eight that lie farthest out in the
/// directions of the compass.
/// \source Akl and Toussaint (1978), A fast convex hull algorithm
void drop_inner(std::vector<PlaneXY>& places) {
    constexpr std::size_t kPays = 16;
    constexpr double kCertain = 1.0; // m2, far more than rounding
    if (places.size() < kPays) {
        return;
    }
    std::array<PlaneXY, 8> farthest; // anticlockwise from the east
    farthest.fill(places.front());
    std::array<double, 8> far;
    far.fill(-std::numeric_limits<double>::infinity());
    for (const PlaneXY& p : places) {
        const std::array<double, 4> along{p.x_m, p.x_m + p.y_m, p.y_m, p.y_m - p.x_m};
        for (std::size_t i = 0; i < 8; ++i) {
            const double out = i < 4 ? along[i] : -along[i - 4];
            if (out > far[i]) {
                far[i] = out;
                farthest[i] = p;
            }
        }
    }
    std::erase_if(places, [&](const PlaneXY& p) {
        for (std::size_t i = 0; i < 8; ++i) {
            const PlaneXY next = farthest[(i + 1) % 8];
            if (!(farthest[i] == next) && turn(farthest[i], next, p) < kCertain) {
                return false;
            }
        }
        return true;
    });
}

std::vector<PlaneXY> hull_corners(std::vector<PlaneXY> places) {
    drop_inner(places);
    std::sort(places.begin(), places.end());
    std::vector<PlaneXY> hull;
    add_half(places.begin(), places.end(), hull);
    add_half(places.rbegin(), places.rend(), hull);
    return hull;
}

} // namespace

Metres extent_of(std::vector<PlaneXY> places) {
    // The two points that are farthest apart are corners of the hull, of which there are few: a
    // hull of whole metres 60 km across has some 5,000 at the very most.
    const std::vector<PlaneXY> corners = hull_corners(std::move(places));
    double most_squared = 0.0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        for (std::size_t j = i + 1; j < corners.size(); ++j) {
            const double dx = corners[i].x_m - corners[j].x_m;
            const double dy = corners[i].y_m - corners[j].y_m;
            most_squared = std::max(most_squared, dx * dx + dy * dy);
        }
    }
    return Metres{std::sqrt(most_squared)};
}

Metres extent_of(const Points& points, std::span<const std::uint32_t> members) {
    std::vector<PlaneXY> places;
    places.reserve(members.size());
    for (const std::uint32_t i : members) {
        places.push_back({points.x_m[i], points.y_m[i]});
    }
    return extent_of(std::move(places));
}

bool is_wider(const Points& points, std::span<const std::uint32_t> members, Metres most) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Box box{kInfinity, kInfinity, -kInfinity, -kInfinity};
    for (const std::uint32_t i : members) {
        box = {std::min(box.min_x, points.x_m[i]), std::min(box.min_y, points.y_m[i]),
               std::max(box.max_x, points.x_m[i]), std::max(box.max_y, points.y_m[i])};
    }
    const double width = box.max_x - box.min_x;
    const double height = box.max_y - box.min_y;
    if (width > most.value || height > most.value) {
        return true;
    }
    return std::sqrt(width * width + height * height) > most.value &&
           extent_of(points, members) > most;
}

} // namespace icmap::cluster
