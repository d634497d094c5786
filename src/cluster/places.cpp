#include "cluster/places.hpp"

#include "cluster/grid.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::cluster {
namespace {

/// A radius that gives cells of a few points each; any would give a right answer.
double handy_radius_m(const Points& points) {
    const CellBox box = bounds(points);
    const double extent_m = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
    const double per_side = std::sqrt(static_cast<double>(points.x_m.size()));
    return std::clamp(2.0 * extent_m / per_side, 1e-100, 1e100);
}

} // namespace

Places merge_places(const Points& points) {
    Places places;
    if (points.x_m.empty()) {
        return places;
    }
    std::vector<std::int32_t> slot_of_point(points.x_m.size());
    const CellGrid grid =
        make_grid(points, cell_rule(points, handy_radius_m(points)), slot_of_point);
    Buffer<std::uint32_t> place_of_slot(points.x_m.size());
    for (const Cell& cell : grid.cell) {
        for (std::uint32_t slot = cell.begin; slot < cell.end; ++slot) {
            place_of_slot[slot] = static_cast<std::uint32_t>(places.size());
            places.x_m.push_back(grid.x_m[slot]);
            places.y_m.push_back(grid.y_m[slot]);
            places.weight.push_back(grid.weight[slot]);
            places.first_index.push_back(grid.first_index[slot]);
        }
    }
    places.of_point.resize(points.x_m.size());
    for (std::size_t i = 0; i < slot_of_point.size(); ++i) {
        places.of_point[i] = place_of_slot[static_cast<std::size_t>(slot_of_point[i])];
    }
    return places;
}

} // namespace icmap::cluster
