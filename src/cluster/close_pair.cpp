#include "cluster/close_pair.hpp"

#include "base/units.hpp"
#include "cluster/distance.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace icmap::cluster {
namespace {

// Most pairs of cells are settled by fewer looks; from here on halving pays for its copies.
constexpr std::size_t kMostPairs = 4096;

std::vector<PlaneXY> copy_places(const CellGrid& grid, const Cell& cell) {
    std::vector<PlaneXY> places;
    for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
        if (!std::isnan(grid.x_m[i])) {
            places.push_back({grid.x_m[i], grid.y_m[i]});
        }
    }
    return places;
}

CellBox box_around(std::span<const PlaneXY> places) {
    CellBox box{places[0].x_m, places[0].y_m, places[0].x_m, places[0].y_m};
    for (const PlaneXY& place : places) {
        box = {std::min(box.min_x, place.x_m), std::min(box.min_y, place.y_m),
               std::max(box.max_x, place.x_m), std::max(box.max_y, place.y_m)};
    }
    return box;
}

bool any_pair(std::span<const PlaneXY> a, std::span<const PlaneXY> b, double eps2) {
    for (const PlaneXY& p : a) {
        for (const PlaneXY& q : b) {
            if (distance2(p.x_m, p.y_m, q.x_m, q.y_m) <= eps2) {
                return true;
            }
        }
    }
    return false;
}

/// Both sets not empty; their order is lost.
bool close_by_halves(std::span<PlaneXY> a, std::span<PlaneXY> b, double eps2) {
    const CellBox box_a = box_around(a);
    const CellBox box_b = box_around(b);
    if (least_distance2(box_a, box_b) > eps2) {
        return false;
    }
    if (a.size() * b.size() <= kMostPairs) {
        return any_pair(a, b, eps2);
    }
    const bool halve_a = a.size() >= b.size();
    const std::span<PlaneXY> large = halve_a ? a : b;
    const std::span<PlaneXY> other = halve_a ? b : a;
    const CellBox& box = halve_a ? box_a : box_b;
    const bool by_x = box.max_x - box.min_x >= box.max_y - box.min_y;
    const std::size_t half = large.size() / 2;
    std::nth_element(
        large.begin(), large.begin() + static_cast<std::ptrdiff_t>(half), large.end(),
        [&](const PlaneXY& p, const PlaneXY& q) { return by_x ? p.x_m < q.x_m : p.y_m < q.y_m; });
    return close_by_halves(large.first(half), other, eps2) ||
           close_by_halves(large.subspan(half), other, eps2);
}

} // namespace

bool have_close_pair(const CellGrid& grid, const Cell& a, const Cell& b, double eps2) {
    std::size_t looks = 0;
    for (std::uint32_t i = a.begin; i < a.end; ++i) {
        for (std::uint32_t j = b.begin; j < b.end; ++j) {
            if (distance2(grid.x_m[i], grid.y_m[i], grid.x_m[j], grid.y_m[j]) <= eps2) {
                return true;
            }
        }
        looks += b.end - b.begin;
        if (looks > kMostPairs) {
            std::vector<PlaneXY> places_a = copy_places(grid, a);
            std::vector<PlaneXY> places_b = copy_places(grid, b);
            return !places_a.empty() && !places_b.empty() &&
                   close_by_halves(places_a, places_b, eps2);
        }
    }
    return false;
}

} // namespace icmap::cluster
