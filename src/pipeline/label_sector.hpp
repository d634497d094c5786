#pragma once

#include "base/result.hpp"
#include "cluster/dbscan.hpp"
#include "cluster/relative.hpp"
#include "pipeline/project.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace icmap::pipeline {

/// Where the radius is "auto", it is the one at which this share of a sector's sites are core: the
/// officially published map leaves 26 to 42 % of a sector's sites outside clusters, whatever the
/// sector's size, and border sites join too.
inline constexpr double kAutoCoreShare = 0.6;
/// Limits of the "auto" radius: below, a block of offices is a cluster; above, a region is.
inline constexpr Metres kLeastAutoEps{250.0};
inline constexpr Metres kMostAutoEps{10'000.0};

/// The sites of one sector, in order of site_id.
struct SectorSites {
    std::uint16_t sector_id = 0;
    std::vector<std::uint32_t> site_id;
    std::vector<std::uint32_t> firm_id;
    std::vector<double> x_m;
    std::vector<double> y_m;
    [[nodiscard]] cluster::Points points() const { return {x_m, y_m, {}}; }
};

/// The radius at which `kAutoCoreShare` of the points are core, within the limits.
/// \errors input: as cluster::dbscan
[[nodiscard]] Result<Metres> auto_eps(cluster::Points points, std::uint32_t min_points);

/// The labels of one sector, and the radius they were found at.
struct SectorLabels {
    cluster::Labels labels;
    std::optional<Metres> auto_eps; ///< where the project says "auto": the radius chosen
};

/// Clusters one sector by the project's method, splits what is too wide, and drops what has too few
/// enterprises.
/// \param background all sites that count; needed by the method "relative" alone, otherwise nullptr
/// \errors input: as the functions of cluster/
[[nodiscard]] Result<SectorLabels> label_sector(const SectorSites& sites,
                                                const ClusterSettings& settings,
                                                const cluster::Background* background);

} // namespace icmap::pipeline
