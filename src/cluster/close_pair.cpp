#include "cluster/close_pair.hpp"

#include "cluster/distance.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace icmap::cluster {
namespace {

// Most pairs of cells are settled by fewer looks; from here on halving pays for its copies.
constexpr std::size_t kMostPairs = 4096;

template <std::size_t D>
std::vector<Position<D>> copy_places(const CellGrid<D>& grid, const Cell& cell) {
    std::vector<Position<D>> places;
    for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
        if (!std::isnan(grid.at_m[0][i])) {
            places.push_back(grid.position(i));
        }
    }
    return places;
}

template <std::size_t D>
CellBox<D> box_around(std::span<const Position<D>> places) {
    CellBox<D> box = box_at(places[0]);
    for (const Position<D>& place : places) {
        widen(box, place);
    }
    return box;
}

template <std::size_t D>
bool any_pair(std::span<const Position<D>> a, std::span<const Position<D>> b, double eps2) {
    for (const Position<D>& p : a) {
        for (const Position<D>& q : b) {
            if (distance2(p, q) <= eps2) {
                return true;
            }
        }
    }
    return false;
}

/// Both sets not empty; their order is lost.
template <std::size_t D>
bool close_by_halves(std::span<Position<D>> a, std::span<Position<D>> b, double eps2) {
    const CellBox<D> box_a = box_around<D>(a);
    const CellBox<D> box_b = box_around<D>(b);
    if (least_distance2(box_a, box_b) > eps2) {
        return false;
    }
    if (a.size() * b.size() <= kMostPairs) {
        return any_pair<D>(a, b, eps2);
    }
    const bool halve_a = a.size() >= b.size();
    const std::span<Position<D>> large = halve_a ? a : b;
    const std::span<Position<D>> other = halve_a ? b : a;
    const CellBox<D>& box = halve_a ? box_a : box_b;
    const std::size_t axis = longest_axis(box);
    const std::size_t half = large.size() / 2;
    std::nth_element(large.begin(), large.begin() + static_cast<std::ptrdiff_t>(half), large.end(),
                     [&](const Position<D>& p, const Position<D>& q) { return p[axis] < q[axis]; });
    return close_by_halves<D>(large.first(half), other, eps2) ||
           close_by_halves<D>(large.subspan(half), other, eps2);
}

} // namespace

template <std::size_t D>
bool have_close_pair(const CellGrid<D>& grid, const Cell& a, const Cell& b, double eps2) {
    std::size_t looks = 0;
    for (std::uint32_t i = a.begin; i < a.end; ++i) {
        const Position<D> place = grid.position(i);
        for (std::uint32_t j = b.begin; j < b.end; ++j) {
            if (distance2(place, grid.position(j)) <= eps2) {
                return true;
            }
        }
        looks += b.end - b.begin;
        if (looks > kMostPairs) {
            std::vector<Position<D>> places_a = copy_places(grid, a);
            std::vector<Position<D>> places_b = copy_places(grid, b);
            return !places_a.empty() && !places_b.empty() &&
                   close_by_halves<D>(places_a, places_b, eps2);
        }
    }
    return false;
}

template bool have_close_pair(const CellGrid<2>&, const Cell&, const Cell&, double);
template bool have_close_pair(const CellGrid<3>&, const Cell&, const Cell&, double);

} // namespace icmap::cluster
