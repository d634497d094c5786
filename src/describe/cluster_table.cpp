#include "describe/cluster_table.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace icmap::describe {

std::size_t ClusterTable::row(std::uint32_t id) const {
    return static_cast<std::size_t>(std::lower_bound(cluster_id.begin(), cluster_id.end(), id) -
                                    cluster_id.begin());
}

Result<ClusterTable> read_clusters(store::Connection& connection) {
    ClusterTable table;
    Result<void> geometry;
    ICMAP_TRY(connection.read(
        "select c.cluster_id, c.sector_id, s.slug, c.sites, c.enterprises, g.geometry "
        "from describe_cluster c join sector s using (sector_id) "
        "join staging.cluster_shape g using (cluster_id) order by c.cluster_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                table.cluster_id.push_back(chunk.column<std::uint32_t>(0)[i]);
                table.sector_id.push_back(chunk.column<std::uint16_t>(1)[i]);
                table.sector_slug.emplace_back(chunk.text(2, i));
                table.sites.push_back(chunk.column<std::uint32_t>(3)[i]);
                table.enterprises.push_back(chunk.column<std::uint32_t>(4)[i]);
                auto outline = geo::Geometry::from_wkb(chunk.text(5, i));
                if (!outline) {
                    if (geometry) {
                        geometry = internal_error(
                            fmt::format("the outline of cluster {} cannot be read: {}",
                                        table.cluster_id.back(), outline.error().what));
                    }
                    outline = geo::Geometry();
                }
                table.outline.push_back(std::move(*outline));
            }
        }));
    ICMAP_TRY(geometry);
    return table;
}

Result<Locations> read_locations(store::Connection& connection) {
    Locations locations;
    ICMAP_TRY(connection.read(
        "select lon_deg, lat_deg, x_m, y_m, sites from describe_location order by location_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                locations.degrees.push_back(
                    {chunk.column<double>(0)[i], chunk.column<double>(1)[i]});
                locations.plane.push_back({chunk.column<double>(2)[i], chunk.column<double>(3)[i]});
                locations.sites.push_back(chunk.column<std::uint32_t>(4)[i]);
            }
        }));
    return locations;
}

Result<MemberLocations> read_members(store::Connection& connection, const ClusterTable& clusters) {
    MemberLocations members;
    members.first.assign(clusters.size() + 1, 0);
    ICMAP_TRY(connection.read(
        "select cluster_id, location_id, sites from describe_member "
        "order by cluster_id, location_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                ++members.first[clusters.row(chunk.column<std::uint32_t>(0)[i]) + 1];
                members.location.push_back(chunk.column<std::uint32_t>(1)[i]);
                members.sites.push_back(chunk.column<std::uint32_t>(2)[i]);
            }
        }));
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        members.first[i + 1] += members.first[i];
    }
    return members;
}

} // namespace icmap::describe
