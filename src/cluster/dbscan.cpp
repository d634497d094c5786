#include "cluster/dbscan.hpp"

#include "cluster/check.hpp"
#include "cluster/core.hpp"
#include "cluster/dbscan_in.hpp"
#include "cluster/grid.hpp"
#include "cluster/join.hpp"

namespace icmap::cluster {

template <std::size_t D>
Labels dbscan_in(const PointsIn<D>& points, double eps_m, std::uint32_t min_points) {
    if (points.size() == 0) {
        return {};
    }
    const double eps2 = eps_m * eps_m;
    std::vector<std::int32_t> slot_of_point(points.size());
    CellGrid<D> grid = make_grid(points, cell_rule(points, eps_m), slot_of_point);
    const HiddenPlaces hidden = find_core(grid, eps2, min_points);
    return join_core(grid, hidden, eps2, std::move(slot_of_point));
}

template Labels dbscan_in(const PointsIn<2>&, double, std::uint32_t);
template Labels dbscan_in(const PointsIn<3>&, double, std::uint32_t);

Result<Labels> dbscan(Points points, DbscanOptions options) {
    ICMAP_TRY(check_dbscan(points, options));
    return dbscan_in(in_plane(points), options.eps.value, options.min_points);
}

} // namespace icmap::cluster
