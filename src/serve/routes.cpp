#include "serve/routes.hpp"

#include <algorithm>
#include <array>

namespace icmap::serve {
namespace {

constexpr std::array kRoutes{
    Route{Method::get, "/api/openapi.yaml", get_openapi, "openapi", Caching::kept},
    Route{Method::get, "/api/atlas", get_atlas, "atlas", Caching::kept},
    Route{Method::get, "/api/sectors", get_sectors, "sectors", Caching::kept},
    Route{Method::get, "/api/sectors/{}/density", get_density, "density", Caching::kept},
    Route{Method::get, "/api/measures", get_measures, "measures", Caching::kept},
    Route{Method::get, "/api/measures/{}/histogram", get_histogram, "histogram", Caching::kept},
    Route{Method::get, "/api/sources", get_sources, "sources", Caching::kept},
    Route{Method::get, "/api/methods", get_methods, "methods", Caching::kept},
    Route{Method::get, "/api/clusters", get_clusters, "clusters", Caching::kept},
    Route{Method::get, "/api/clusters/{}", get_cluster, "cluster", Caching::kept},
    Route{Method::get, "/api/clusters/{}/card.png", get_cluster_card, "cluster_card",
          Caching::kept},
    Route{Method::get, "/api/card.png", get_atlas_card, "atlas_card", Caching::kept},
    Route{Method::get, "/api/clusters/{}/members", get_members, "members", Caching::kept},
    Route{Method::get, "/api/timeline", get_timeline, "timeline", Caching::kept},
    Route{Method::get, "/api/export/clusters.{}", export_clusters, "export_clusters",
          Caching::none},
    Route{Method::get, "/api/export/members.{}", export_members, "export_members", Caching::none},
    Route{Method::get, "/api/export/firms.{}", export_firms, "export_firms", Caching::none},
    Route{Method::get, "/api/export/about.txt", export_about, "export_about", Caching::kept},
    Route{Method::get, "/api/export/clusters/{}/{}.csv", export_figure, "export_figure",
          Caching::none},
    Route{Method::get, "/api/firms/{}", get_firm, "firm", Caching::none},
    Route{Method::get, "/api/institutions/{}", get_institution, "institution", Caching::kept},
    Route{Method::get, "/api/areas", get_areas, "areas", Caching::kept},
    Route{Method::get, "/api/areas/{}", get_area, "area", Caching::kept},
    Route{Method::get, "/api/areas/{}/years", get_area_years, "area_years", Caching::kept},
    Route{Method::get, "/api/compare/areas", compare_areas, "compare_areas", Caching::kept},
    Route{Method::get, "/api/compare/partners", compare_partners, "compare_partners",
          Caching::kept},
    Route{Method::post, "/api/selection", post_selection, "selection", Caching::none},
    Route{Method::get, "/api/near", get_near, "near", Caching::none},
    Route{Method::get, "/api/search", get_search, "search", Caching::none},
    Route{Method::post, "/api/recluster", post_recluster, "recluster", Caching::none},
    Route{Method::get, "/tiles/{}.json", get_tilejson, "tilejson", Caching::kept},
    Route{Method::get, "/tiles/{}/{}/{}/{}.mvt", get_tile, "tile", Caching::kept},
    Route{Method::get, "/tiles/base.pmtiles", get_base_map, "base_map", Caching::none},
    Route{Method::get, "/ogc", get_ogc_landing, "ogc_landing", Caching::kept},
    Route{Method::get, "/ogc/conformance", get_ogc_conformance, "ogc_conformance", Caching::kept},
    Route{Method::get, "/ogc/api", get_ogc_api, "ogc_api", Caching::kept},
    Route{Method::get, "/ogc/collections", get_ogc_collections, "ogc_collections", Caching::kept},
    Route{Method::get, "/ogc/collections/{}", get_ogc_collection, "ogc_collection", Caching::kept},
    Route{Method::get, "/ogc/collections/{}/items", get_ogc_items, "ogc_items", Caching::none},
    Route{Method::get, "/ogc/tileMatrixSets", get_ogc_tile_matrix_sets, "ogc_tile_matrix_sets",
          Caching::kept},
    Route{Method::get, "/ogc/tileMatrixSets/{}", get_ogc_tile_matrix_set, "ogc_tile_matrix_set",
          Caching::kept},
    Route{Method::get, "/ogc/collections/{}/tiles", get_ogc_tilesets, "ogc_tilesets",
          Caching::kept},
    Route{Method::get, "/ogc/collections/{}/tiles/{}", get_ogc_tileset, "ogc_tileset",
          Caching::kept},
    Route{Method::get, "/ogc/collections/{}/tiles/{}/{}/{}/{}", get_ogc_tile, "ogc_tile",
          Caching::kept},
    Route{Method::get, "/ogc/collections/{}/items/{}", get_ogc_item, "ogc_item", Caching::none},
};

/// The next piece of a path that starts with a slash, which is dropped.
std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

} // namespace

std::span<const Route> routes() {
    return kRoutes;
}

std::optional<std::vector<std::string>> match(std::string_view pattern,
                                              std::span<const std::string> segments) {
    std::vector<std::string> captured;
    for (const std::string& segment : segments) {
        if (pattern.empty()) {
            return std::nullopt;
        }
        const std::string_view wanted = next_segment(pattern);
        const std::size_t brace = wanted.find("{}");
        if (brace == std::string_view::npos) {
            if (segment != wanted) {
                return std::nullopt;
            }
            continue;
        }
        const std::string_view before = wanted.substr(0, brace);
        const std::string_view after = wanted.substr(brace + 2);
        if (segment.size() <= before.size() + after.size() || !segment.starts_with(before) ||
            !segment.ends_with(after)) {
            return std::nullopt;
        }
        captured.push_back(
            segment.substr(before.size(), segment.size() - before.size() - after.size()));
    }
    return pattern.empty() ? std::optional(std::move(captured)) : std::nullopt;
}

} // namespace icmap::serve
