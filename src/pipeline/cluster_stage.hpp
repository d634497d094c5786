#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "base/unfilled.hpp"
#include "base/units.hpp"
#include "describe/memberships.hpp"
#include "describe/register_columns.hpp"
#include "geo/projection.hpp"
#include "outline/land.hpp"
#include "pipeline/project.hpp"
#include "store/connection.hpp"
#include "store/writing_aside.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace icmap::pipeline {

/// Rows of cluster_member, all columns.
struct MemberTable {
    describe::MemberRows rows;
    UnfilledVector<std::uint32_t> firm_id;
    UnfilledVector<std::uint8_t> is_core;
};

/// Rows of staging.cluster_shape.
struct ShapeTable {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint16_t> sector_id;
    std::vector<std::string> geometry;          ///< WKB in WGS 84
    std::array<std::vector<double>, 8> numbers; ///< label, bounds, area and extent
};

struct ClusterReport {
    std::uint64_t sectors = 0; ///< sectors with at least one site that counts
    std::uint64_t sectors_with_clusters = 0;
    std::uint64_t sites = 0;           ///< pairs of sector and site that took part
    std::uint64_t clustered_sites = 0; ///< of these in a cluster: rows of cluster_member
    std::uint64_t clusters = 0;
    std::vector<std::pair<std::uint16_t, Metres>> auto_eps; ///< by sector_id, where eps_m = "auto"
    MemberTable members;
    ShapeTable shapes;
};

/// The land in the plane; empty where the project names no coastline.
[[nodiscard]] Result<outline::Land> read_land(store::Connection& connection,
                                              const geo::Projection& projection);

/// Clusters the sites of every sector and draws the outlines, cut to the land.
///
/// Clusters are numbered by sector, then number of sites (largest first), then lowest
/// site: the same atlas gives the same numbers on any number of threads.
///
/// \param known of the register's sites and the sectors of its firms
/// \errors input: a setting out of its range; a sector's sites that cannot be clustered
[[nodiscard]] Result<ClusterReport> cluster_sectors(const Project& project,
                                                    const geo::Projection& projection,
                                                    const outline::Land& land,
                                                    const describe::RegisterColumns& known,
                                                    Progress& progress);

/// Writes staging.cluster_shape, and cluster_member aside: the members stay until that is finished.
[[nodiscard]] Result<void> write_clusters(store::Connection& connection, store::WritingAside& aside,
                                          const MemberTable& members, const ShapeTable& shapes);

} // namespace icmap::pipeline
