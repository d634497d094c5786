#include "describe/cluster_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace icmap::describe {

std::size_t ClusterTable::row(std::uint32_t id) const {
    return static_cast<std::size_t>(std::lower_bound(cluster_id.begin(), cluster_id.end(), id) -
                                    cluster_id.begin());
}

Result<ClusterTable> read_clusters(store::Connection& connection,
                                   std::span<const std::uint32_t> ids) {
    ClusterTable table;
    ICMAP_TRY(connection.read(
        "select g.cluster_id, g.sector_id, s.slug, g.geometry, label_lon_deg, label_lat_deg, "
        "min_lon_deg, min_lat_deg, max_lon_deg, max_lat_deg, area_km2, extent_km "
        "from staging.cluster_shape g join sector s using (sector_id) order by g.cluster_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                if (!std::binary_search(ids.begin(), ids.end(),
                                        chunk.column<std::uint32_t>(0)[i])) {
                    continue;
                }
                table.cluster_id.push_back(chunk.column<std::uint32_t>(0)[i]);
                table.sector_id.push_back(chunk.column<std::uint16_t>(1)[i]);
                table.sector_slug.emplace_back(chunk.text(2, i));
                const auto number = [&](std::size_t column) {
                    return chunk.column<double>(column)[i];
                };
                table.shape.push_back({{number(4), number(5)},
                                       {number(6), number(7), number(8), number(9)},
                                       number(10),
                                       number(11)});
                table.wkb.emplace_back(chunk.text(3, i));
            }
        }));
    return table;
}

std::vector<std::uint32_t> rows_by_place(const ClusterTable& clusters) {
    constexpr double kStripDeg = 0.1; // some 11 km
    std::vector<std::uint32_t> rows(clusters.size());
    std::iota(rows.begin(), rows.end(), 0U);
    const auto place_of = [&clusters](std::uint32_t row) {
        const LonLat at = clusters.shape[row].label;
        return std::tuple(std::floor(at.lat / kStripDeg), at.lon, row);
    };
    std::sort(rows.begin(), rows.end(),
              [&](std::uint32_t a, std::uint32_t b) { return place_of(a) < place_of(b); });
    return rows;
}

Lists<std::uint32_t> rows_by_sector(const ClusterTable& clusters) {
    const std::vector<std::uint32_t> sector(clusters.sector_id.begin(), clusters.sector_id.end());
    const std::uint32_t most = sector.empty() ? 0 : *std::max_element(sector.begin(), sector.end());
    return rows_by_key(sector, std::size_t{most} + 1);
}

} // namespace icmap::describe
