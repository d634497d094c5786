#include "serve/recluster.hpp"

#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/refine.hpp"

namespace icmap::serve {
namespace {

Result<cluster::Labels> by_hierarchy(cluster::Points points, const ReclusterRequest& request) {
    cluster::HdbscanOptions options;
    options.min_cluster_size = static_cast<std::uint32_t>(request.min_points);
    options.selection_epsilon = Metres{request.has_eps ? request.eps_m : 0.0};
    options.max_extent = Metres{request.max_extent_km * 1000.0};
    return cluster::hdbscan(points, options).map(cluster::without_border);
}

} // namespace

std::atomic<int>& recluster_turns() {
    static std::atomic<int> running{0};
    return running;
}

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
    const Metres max_extent{request.max_extent_km * 1000.0};
    Result<cluster::Labels> labels;
    if (request.method == "hdbscan") {
        labels = by_hierarchy(points, request);
    } else if (request.method == "relative") {
        ICMAP_ASSIGN(const auto background, backgrounds.at(all, options.eps, deadline));
        ICMAP_TRY(deadline.check());
        cluster::RelativeOptions relative;
        relative.min_points = options.min_points;
        ICMAP_ASSIGN(auto found, cluster::relative(points, *background, relative));
        labels = cluster::narrowed(points, std::move(found.labels), options, max_extent);
    } else {
        ICMAP_ASSIGN(auto found, cluster::dbscan(points, options));
        labels = cluster::narrowed(points, std::move(found), options, max_extent);
    }
    ICMAP_TRY(labels);
    ICMAP_TRY(deadline.check());
    return cluster::drop_small(std::move(*labels), sites.firm,
                               static_cast<std::uint32_t>(request.min_enterprises));
}

} // namespace icmap::serve
