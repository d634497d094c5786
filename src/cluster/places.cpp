#include "cluster/places.hpp"

#include "cluster/grid.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::cluster {
namespace {

/// A radius that gives cells of a few points each; any would give a right answer.
template <std::size_t D>
double handy_radius_m(const PointsIn<D>& points) {
    const CellBox<D> box = bounds(points);
    const std::size_t axis = longest_axis(box);
    const double extent_m = box.most[axis] - box.least[axis];
    const double per_side = std::sqrt(static_cast<double>(points.size()));
    return std::clamp(2.0 * extent_m / per_side, 1e-100, 1e100);
}

} // namespace

template <std::size_t D>
Places<D> merge_places(const PointsIn<D>& points) {
    Places<D> places;
    if (points.size() == 0) {
        return places;
    }
    std::vector<std::int32_t> slot_of_point(points.size());
    const CellGrid<D> grid =
        make_grid(points, cell_rule(points, handy_radius_m(points)), slot_of_point);
    Buffer<std::uint32_t> place_of_slot(points.size());
    for (const Cell& cell : grid.cell) {
        for (std::uint32_t slot = cell.begin; slot < cell.end; ++slot) {
            place_of_slot[slot] = static_cast<std::uint32_t>(places.size());
            places.at_m.push_back(grid.position(slot));
            places.weight.push_back(grid.weight[slot]);
            places.first_index.push_back(grid.first_index[slot]);
        }
    }
    places.of_point.resize(points.size());
    for (std::size_t i = 0; i < slot_of_point.size(); ++i) {
        places.of_point[i] = place_of_slot[static_cast<std::size_t>(slot_of_point[i])];
    }
    return places;
}

template Places<2> merge_places(const PointsIn<2>&);
template Places<3> merge_places(const PointsIn<3>&);

} // namespace icmap::cluster
