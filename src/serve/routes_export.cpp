#include "serve/cluster_filter.hpp"
#include "serve/download.hpp"
#include "serve/drawn_place.hpp"
#include "serve/selection.hpp"

#include <fmt/format.h>

namespace icmap::serve {
namespace {

/// Leaves the clusters that have a site in the place the call draws, if it draws one.
Checked<void> keep_touching(Call& call, std::vector<std::size_t>& clusters) {
    if (!draws_place(call)) {
        return {};
    }
    const Turn turn(drawing_turns(), kMostDrawnAtOnce);
    if (!turn.is_taken()) {
        return too_many_drawn();
    }
    ICMAP_ASSIGN(const auto drawn, read_drawn_place(call));
    if (!drawn) {
        return {};
    }
    const Inside inside = call.atlas.sites.count(drawn->rows);
    std::erase_if(clusters, [&](std::size_t i) { return inside.cluster_sites[i] == 0; });
    return {};
}

publish::ExportRequest export_request(const Catalogue& catalogue, publish::ExportLayer layer,
                                      publish::ExportFormat format,
                                      std::span<const std::size_t> clusters) {
    publish::ExportRequest request;
    request.layer = layer;
    request.format = format;
    request.cluster_ids.emplace();
    for (const std::size_t i : clusters) {
        request.cluster_ids->push_back(catalogue.clusters[i].id);
    }
    return request;
}

} // namespace

Answer export_clusters(Call& call) {
    ICMAP_ASSIGN(const auto format, download_format(call.captured[0]));
    ICMAP_ASSIGN(auto clusters, filter_clusters(call));
    ICMAP_TRY(keep_touching(call, clusters));
    ICMAP_TRY(sort_clusters(call, clusters));
    ICMAP_ASSIGN(const auto columns, read_columns(call));
    const bool are_chosen = call.parameters.has("columns");
    ICMAP_TRY(call.parameters.finish());
    auto request =
        export_request(call.catalogue(), publish::ExportLayer::clusters, format, clusters);
    if (are_chosen) {
        request.measures.emplace();
        for (const MeasureEntry* measure : columns) {
            request.measures->push_back(measure->key);
        }
    }
    return download(call, std::move(request), "clusters");
}

Answer export_members(Call& call) {
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_ASSIGN(const auto format, download_format(call.captured[0]));
    const std::string key = call.parameters.text("cluster").value_or("");
    ICMAP_TRY(call.parameters.finish());
    if (key.empty()) {
        return bad_request("The cluster is missing", "cluster", "", "Send cluster=SLUG");
    }
    const auto index = call.catalogue().find_cluster(key);
    if (!index) {
        return not_found("There is no cluster " + key, "/api/clusters lists them");
    }
    const ClusterEntry& cluster = call.catalogue().clusters[*index];
    if (cluster.site_count > kMostDownloadRows) {
        return bad_request(fmt::format("The cluster has {} sites, more than the {} of a download",
                                       grouped(cluster.site_count), grouped(kMostDownloadRows)),
                           "cluster", key, "Use icmap export, which has no limit");
    }
    return download(call,
                    export_request(call.catalogue(), publish::ExportLayer::members, format,
                                   std::span(&*index, 1)),
                    "members-" + cluster.slug);
}

} // namespace icmap::serve
