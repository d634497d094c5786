#include "serve/recluster.hpp"

#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/refine.hpp"

namespace icmap::serve {
namespace {

/// Splits what is wider than was asked for.
Result<cluster::Labels> narrowed(cluster::Points points, cluster::Labels labels,
                                 cluster::DbscanOptions options, const ReclusterRequest& request) {
    if (request.max_extent_km <= 0.0) {
        return labels;
    }
    ICMAP_ASSIGN(auto split, cluster::split_wide(points, std::move(labels), options,
                                                 Metres{request.max_extent_km * 1000.0}));
    return std::move(split.labels);
}

Result<cluster::Labels> by_hierarchy(cluster::Points points, const ReclusterRequest& request) {
    cluster::HdbscanOptions options;
    options.min_cluster_size = static_cast<std::uint32_t>(request.min_points);
    options.selection_epsilon = Metres{request.has_eps ? request.eps_m : 0.0};
    options.max_extent = Metres{request.max_extent_km * 1000.0};
    ICMAP_ASSIGN(auto found, cluster::hdbscan(points, options));
    cluster::Labels labels;
    labels.cluster_count = found.cluster_count;
    // There is no border here: every member is at the density of its cluster.
    for (const std::int32_t label : found.label) {
        labels.is_core.push_back(label >= 0 ? 1 : 0);
    }
    labels.label = std::move(found.label);
    return labels;
}

} // namespace

Result<std::shared_ptr<const cluster::Background>>
Backgrounds::at(const SiteTable& sites, Metres eps, const Deadline& deadline) {
    const std::lock_guard lock(mutex_);
    ICMAP_TRY(deadline.check()); // another may have prepared for long
    if (!last_ || last_->eps().value != eps.value) {
        last_.reset(); // not two of them in memory
        const PlaneSites all = sites.all_sites();
        ICMAP_ASSIGN(auto made, cluster::Background::make({all.x_m, all.y_m, {}}, eps));
        last_ = std::make_shared<const cluster::Background>(std::move(made));
    }
    return last_;
}

Result<cluster::Labels> label_sites(const SectorSites& sites, const ReclusterRequest& request,
                                    const SiteTable& all, Backgrounds& backgrounds,
                                    const Deadline& deadline) {
    const cluster::Points points{sites.x_m, sites.y_m, {}};
    const cluster::DbscanOptions options{Metres{request.eps_m},
                                         static_cast<std::uint32_t>(request.min_points)};
    Result<cluster::Labels> labels;
    if (request.method == "hdbscan") {
        labels = by_hierarchy(points, request);
    } else if (request.method == "relative") {
        ICMAP_ASSIGN(const auto background, backgrounds.at(all, options.eps, deadline));
        ICMAP_TRY(deadline.check());
        cluster::RelativeOptions relative;
        relative.min_points = options.min_points;
        ICMAP_ASSIGN(auto found, cluster::relative(points, *background, relative));
        labels = narrowed(points, std::move(found.labels), options, request);
    } else {
        ICMAP_ASSIGN(auto found, cluster::dbscan(points, options));
        labels = narrowed(points, std::move(found), options, request);
    }
    ICMAP_TRY(labels);
    ICMAP_TRY(deadline.check());
    const std::vector<std::int64_t> enterprises(sites.firm.begin(), sites.firm.end());
    return cluster::drop_small(std::move(*labels), enterprises,
                               static_cast<std::uint32_t>(request.min_enterprises));
}

} // namespace icmap::serve
