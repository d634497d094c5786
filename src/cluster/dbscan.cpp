#include "cluster/dbscan.hpp"

#include "cluster/check.hpp"
#include "cluster/core.hpp"
#include "cluster/grid.hpp"
#include "cluster/join.hpp"

namespace icmap::cluster {

Result<Labels> dbscan(Points points, DbscanOptions options) {
    ICMAP_TRY(check_dbscan(points, options));
    if (points.x_m.empty()) {
        return Labels{};
    }
    const double eps2 = options.eps.value * options.eps.value;
    std::vector<std::int32_t> slot_of_point(points.x_m.size());
    CellGrid grid = make_grid(points, cell_rule(points, options.eps.value), slot_of_point);
    const HiddenPlaces hidden = find_core(grid, eps2, options.min_points);
    return join_core(grid, hidden, eps2, std::move(slot_of_point));
}

} // namespace icmap::cluster
