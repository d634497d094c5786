#pragma once

#include "serve/atlas_view.hpp"
#include "serve/message.hpp"
#include "serve/parameters.hpp"
#include "serve/problem.hpp"
#include "serve/target.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// One request on its way to its handler.
struct Call {
    const AtlasView& atlas;
    const Request& request;
    const Target& target;
    Parameters parameters;
    std::vector<std::string> captured; ///< what stood in the braces of the pattern
    std::string base_url;              ///< "http://host:port", without a slash at the end

    [[nodiscard]] const Catalogue& catalogue() const { return atlas.catalogue; }
};

using Handler = Answer (*)(Call&);

/// How an answer may be kept. The atlas never changes while it is served.
enum class Caching : std::uint8_t {
    none, ///< made anew each time
    kept, ///< one answer per host, path and query
};

/// A row of the routing table.
struct Route {
    Method method;
    std::string_view pattern; ///< "/tiles/{}/{}/{}/{}.mvt": braces stand for one piece of a segment
    Handler handler;
    std::string_view name; ///< for the metrics
    Caching caching;
};

/// Every route but the web files, in the order they are tried.
[[nodiscard]] std::span<const Route> routes();

/// What the braces of the pattern hold, or nothing where the path does not fit.
[[nodiscard]] std::optional<std::vector<std::string>> match(std::string_view pattern,
                                                            std::span<const std::string> segments);

// The handlers, by file.
[[nodiscard]] Answer get_openapi(Call& call); // routes_atlas.cpp
[[nodiscard]] Answer get_atlas(Call& call);
[[nodiscard]] Answer get_sectors(Call& call);
[[nodiscard]] Answer get_density(Call& call);
[[nodiscard]] Answer get_measures(Call& call);
[[nodiscard]] Answer get_sources(Call& call);
[[nodiscard]] Answer get_methods(Call& call);
[[nodiscard]] Answer get_clusters(Call& call); // routes_clusters.cpp
[[nodiscard]] Answer get_histogram(Call& call);
[[nodiscard]] Answer get_timeline(Call& call);
[[nodiscard]] Answer get_cluster(Call& call); // routes_profile.cpp
[[nodiscard]] Answer get_members(Call& call);
[[nodiscard]] Answer get_firm(Call& call);
[[nodiscard]] Answer get_institution(Call& call);
[[nodiscard]] Answer export_clusters(Call& call); // routes_export.cpp
[[nodiscard]] Answer export_members(Call& call);
[[nodiscard]] Answer export_firms(Call& call); // routes_downloads.cpp
[[nodiscard]] Answer export_figure(Call& call);
[[nodiscard]] Answer export_about(Call& call);
[[nodiscard]] Answer get_areas(Call& call); // routes_areas.cpp
[[nodiscard]] Answer get_area(Call& call);
[[nodiscard]] Answer compare_areas(Call& call);
[[nodiscard]] Answer post_selection(Call& call);
[[nodiscard]] Answer get_area_years(Call& call); // routes_compare.cpp
[[nodiscard]] Answer compare_partners(Call& call);
[[nodiscard]] Answer get_near(Call& call); // routes_near.cpp
[[nodiscard]] Answer get_search(Call& call);
[[nodiscard]] Answer post_recluster(Call& call);   // routes_recluster.cpp
[[nodiscard]] Answer get_cluster_card(Call& call); // routes_card.cpp
[[nodiscard]] Answer get_atlas_card(Call& call);
[[nodiscard]] Answer get_tilejson(Call& call); // routes_tiles.cpp
[[nodiscard]] Answer get_tile(Call& call);
[[nodiscard]] Answer get_base_map(Call& call);
[[nodiscard]] Answer get_ogc_landing(Call& call); // routes_ogc.cpp
[[nodiscard]] Answer get_ogc_conformance(Call& call);
[[nodiscard]] Answer get_ogc_api(Call& call);
[[nodiscard]] Answer get_ogc_collections(Call& call);
[[nodiscard]] Answer get_ogc_collection(Call& call);
[[nodiscard]] Answer get_ogc_tile_matrix_sets(Call& call); // ogc_tiles.cpp
[[nodiscard]] Answer get_ogc_tile_matrix_set(Call& call);
[[nodiscard]] Answer get_ogc_tilesets(Call& call);
[[nodiscard]] Answer get_ogc_tileset(Call& call);
[[nodiscard]] Answer get_ogc_tile(Call& call);
[[nodiscard]] Answer get_ogc_items(Call& call); // ogc_items.cpp
[[nodiscard]] Answer get_ogc_item(Call& call);

} // namespace icmap::serve
