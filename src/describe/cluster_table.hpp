#pragma once

#include "base/lists.hpp"
#include "base/result.hpp"
#include "base/unfilled.hpp"
#include "base/units.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::describe {

/// Where a cluster is, as it will be written.
struct ClusterShape {
    LonLat label;
    Box bounds; ///< degrees
    double area_km2 = 0.0;
    double extent_km = 0.0;
};

/// The clusters as columns, by cluster_id. Other code speaks of a cluster by its row here.
struct ClusterTable {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint16_t> sector_id;
    std::vector<std::string> sector_slug;
    std::vector<std::uint32_t> sites;
    std::vector<std::uint32_t> enterprises;
    std::vector<std::string> wkb; ///< of the outline in degrees; taken by cluster_rows
    std::vector<ClusterShape> shape;
    [[nodiscard]] std::size_t size() const { return cluster_id.size(); }
    /// The row of a cluster. \complexity logarithmic
    [[nodiscard]] std::size_t row(std::uint32_t id) const;
};

/// Distinct positions of sites that count for density, by location_id (0-based, dense).
struct Locations {
    std::vector<PlaneXY> degrees; ///< x = longitude, y = latitude
    std::vector<PlaneXY> plane;
    std::vector<std::uint32_t> sites;
};

/// The locations of each cluster's members: rows of cluster i are [first[i], first[i + 1]).
struct MemberLocations {
    std::vector<std::size_t> first;
    UnfilledVector<std::uint32_t> location;
    UnfilledVector<std::uint32_t> sites;
    /// The clusters, neighbours one after the other: what is looked up of one is in the cache for
    /// the next.
    std::vector<std::uint32_t> by_place;
};

/// The clusters of those ids from staging.cluster_shape; how many sites and enterprises they have
/// is for who counts them. \param ids ascending
[[nodiscard]] Result<ClusterTable> read_clusters(store::Connection& connection,
                                                 std::span<const std::uint32_t> ids);

/// The rows, in strips from south to north, each from west to east.
[[nodiscard]] std::vector<std::uint32_t> rows_by_place(const ClusterTable& clusters);

/// The rows of each sector, by sector_id, in their order.
[[nodiscard]] Lists<std::uint32_t> rows_by_sector(const ClusterTable& clusters);

} // namespace icmap::describe
