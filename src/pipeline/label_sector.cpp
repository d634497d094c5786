#include "pipeline/label_sector.hpp"

#include "cluster/hdbscan.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/refine.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace icmap::pipeline {
namespace {

/// By density alone: one radius, given or found.
Result<cluster::Labels> label_by_dbscan(const SectorSites& sites, const ClusterSettings& settings,
                                        std::optional<Metres>& chosen) {
    Metres eps{settings.eps_m.value_or(0.0)};
    if (!settings.eps_m) {
        ICMAP_ASSIGN(eps, auto_eps(sites.points(), settings.min_points));
        chosen = eps;
    }
    const cluster::DbscanOptions options{eps, settings.min_points};
    ICMAP_ASSIGN(auto labels, cluster::dbscan(sites.points(), options));
    return cluster::narrowed(sites.points(), std::move(labels), options,
                             Metres{settings.max_extent_km * 1000.0});
}

/// By the range of densities over which sites stay together; needs no radius.
Result<cluster::Labels> label_by_hdbscan(const SectorSites& sites,
                                         const ClusterSettings& settings) {
    cluster::HdbscanOptions options;
    options.min_cluster_size = std::max(2U, settings.min_points);
    options.max_extent = Metres{settings.max_extent_km * 1000.0};
    ICMAP_ASSIGN(auto found, cluster::hdbscan(sites.points(), options));
    return cluster::without_border(std::move(found));
}

/// By density against all firms around.
Result<cluster::Labels> label_by_share(const SectorSites& sites, const ClusterSettings& settings,
                                       const cluster::Background& background) {
    cluster::RelativeOptions options;
    options.min_points = settings.min_points;
    ICMAP_ASSIGN(auto found, cluster::relative(sites.points(), background, options));
    return cluster::narrowed(sites.points(), std::move(found.labels),
                             {background.eps(), settings.min_points},
                             Metres{settings.max_extent_km * 1000.0});
}

} // namespace

Result<Metres> auto_eps(cluster::Points points, std::uint32_t min_points) {
    const std::size_t count = points.x_m.size();
    if (count == 0) {
        return kLeastAutoEps;
    }
    ICMAP_ASSIGN(const auto hierarchy, cluster::Hierarchy::make(points, min_points));
    // The least radius at which each place is core, and how many sites stand there.
    const auto core_squared = hierarchy.core_distance2();
    const auto place = hierarchy.tree().place();
    std::vector<std::pair<double, std::uint32_t>> reach;
    reach.reserve(core_squared.size());
    for (std::size_t i = 0; i < core_squared.size(); ++i) {
        reach.emplace_back(core_squared[i], hierarchy.places().weight[place[i]]);
    }
    std::sort(reach.begin(), reach.end());
    const double wanted = kAutoCoreShare * static_cast<double>(count);
    double core = 0.0;
    for (const auto& [squared, weight] : reach) {
        core += weight;
        if (core >= wanted) {
            return Metres{std::clamp(std::sqrt(squared), kLeastAutoEps.value, kMostAutoEps.value)};
        }
    }
    return kMostAutoEps;
}

Result<SectorLabels> label_sector(const SectorSites& sites, const ClusterSettings& settings,
                                  const cluster::Background* background) {
    SectorLabels answer;
    Result<cluster::Labels> labels;
    switch (settings.method) {
    case ClusterMethod::dbscan:
        labels = label_by_dbscan(sites, settings, answer.auto_eps);
        break;
    case ClusterMethod::hdbscan:
        labels = label_by_hdbscan(sites, settings);
        break;
    case ClusterMethod::relative:
        if (background == nullptr) {
            return internal_error("relative density was asked for without a background");
        }
        labels = label_by_share(sites, settings, *background);
        break;
    }
    ICMAP_TRY(labels);
    ICMAP_ASSIGN(answer.labels,
                 cluster::drop_small(std::move(*labels), sites.firm_id, settings.min_enterprises));
    return answer;
}

} // namespace icmap::pipeline
