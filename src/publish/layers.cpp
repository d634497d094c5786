// What each layer of an export is made of: a query of sql/publish/ and the temporary tables it
// reads.
#include "publish/table.hpp"

#include "base/embedded.hpp"
#include "geo/geometry.hpp"
#include "publish/disclosure.hpp"
#include "publish/figure_columns.hpp"
#include "publish/published_schema.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <fmt/format.h>
#include <numeric>

namespace icmap::publish {
namespace {

/// The query that gives the ids and positions of the layer's chosen points; empty for a layer of
/// polygons.
std::string_view points_query(ExportLayer layer) {
    switch (layer) {
    case ExportLayer::firms:
        return "select site_id, lon_deg, lat_deg from site where lon_deg is not null and site_id "
               "in (select site_id from export_site)";
    case ExportLayer::members:
        return "select site_id, lon_deg, lat_deg from site where lon_deg is not null and site_id "
               "in (select site_id from cluster_member join export_cluster using (cluster_id))";
    case ExportLayer::assets:
        return "select asset_id, lon_deg, lat_deg from asset where lon_deg is not null";
    case ExportLayer::mass_registration:
        return "select site_id, lon_deg, lat_deg from site where lon_deg is not null and "
               "is_mass_registration";
    case ExportLayer::clusters:
    case ExportLayer::areas:
    case ExportLayer::sources:
    case ExportLayer::rejects:
    case ExportLayer::sectors:
    case ExportLayer::area_sectors:
        break;
    }
    return "";
}

/// The clusters that are written out, and the place of each in the file.
Result<void> choose_clusters(store::Connection& atlas, const ExportRequest& request) {
    if (!request.cluster_ids) {
        return atlas.run("create or replace temp table export_cluster as "
                         "select cluster_id, cluster_id as position from cluster");
    }
    ICMAP_TRY(atlas.run("create or replace temp table export_cluster "
                        "(cluster_id uinteger, position uinteger)"));
    std::vector<std::uint32_t> position(request.cluster_ids->size());
    std::iota(position.begin(), position.end(), 0U);
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::uint32_t>(*request.cluster_ids)},
        store::Column{std::span<const std::uint32_t>(position)}};
    return store::append_columns(atlas, "temp.main", "export_cluster", columns);
}

/// The sites at which firms are written out, and whether firms elsewhere are written at all.
Result<void> choose_sites(store::Connection& atlas, const ExportRequest& request) {
    ICMAP_TRY(atlas.set_variable("export_every_firm", !request.site_ids));
    if (!request.site_ids) {
        return atlas.run("create or replace temp view export_site as select site_id from site");
    }
    ICMAP_TRY(atlas.run("create or replace temp table export_site (site_id uinteger)"));
    const std::array<store::Column, 1> column{
        store::Column{std::span<const std::uint32_t>(*request.site_ids)}};
    return store::append_columns(atlas, "temp.main", "export_site", column);
}

/// Layers that tell of single firms.
bool tells_of_firms(ExportLayer layer) {
    return layer == ExportLayer::firms || layer == ExportLayer::members ||
           layer == ExportLayer::rejects || layer == ExportLayer::mass_registration;
}

bool has_places(ExportLayer layer) {
    return layer != ExportLayer::sources && layer != ExportLayer::rejects &&
           layer != ExportLayer::sectors && layer != ExportLayer::area_sectors;
}

/// Makes the temporary table export_point(id, geometry), empty: for a file that holds no geometry.
Result<void> make_no_points(store::Connection& atlas) {
    return atlas.run("create or replace temp table export_point (id uinteger, geometry blob)");
}

/// Fills it with WKB points for rows given as `select id, lon_deg, lat_deg …`.
Result<void> make_points(store::Connection& atlas, std::string_view query) {
    std::vector<std::uint32_t> ids;
    std::vector<std::string> points;
    ICMAP_TRY(atlas.read(query, [&](const store::Chunk& chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            ids.push_back(chunk.column<std::uint32_t>(0)[row]);
            points.push_back(
                geo::Geometry::point({chunk.column<double>(1)[row], chunk.column<double>(2)[row]})
                    .wkb());
        }
    }));
    ICMAP_TRY(make_no_points(atlas));
    const std::array<store::Column, 2> columns{
        store::Column{std::span<const std::uint32_t>(ids)},
        store::Column{.values = std::span<const std::string>(points), .is_blob = true}};
    return store::append_columns(atlas, "temp.main", "export_point", columns);
}

Result<std::string_view> query_of(std::string_view name) {
    const auto query = base::find_text(sql::texts(), fmt::format("publish/{}.sql", name));
    if (!query) {
        return internal_error(fmt::format("there is no query publish/{}.sql", name));
    }
    return *query;
}

/// Our own columns.
Result<Table> layer_table(store::Connection& atlas, const ExportRequest& request) {
    Table table;
    table.name = layer_name(request.layer);
    table.has_geometry = has_places(request.layer);
    if (!table.has_geometry && request.format == ExportFormat::fgb) {
        return usage_error(fmt::format("FlatGeobuf holds places, and {} have none", table.name),
                           "Write them as csv, xlsx, ods, parquet or gpkg");
    }
    if (request.layer == ExportLayer::clusters) {
        ICMAP_TRY(pivot_figures(atlas, request));
    }
    if (request.layer == ExportLayer::firms) {
        ICMAP_TRY(choose_sites(atlas, request));
    }
    const bool is_plain = request.format == ExportFormat::csv ||
                          request.format == ExportFormat::xlsx ||
                          request.format == ExportFormat::ods;
    if (const auto points = points_query(request.layer); !points.empty()) {
        ICMAP_TRY(is_plain ? make_no_points(atlas) : make_points(atlas, points));
        table.shape = Shape::points;
    } else if (table.has_geometry) {
        table.shape = Shape::polygons;
    }
    ICMAP_ASSIGN(table.query, query_of(table.name));
    if (table.has_geometry && is_plain) {
        table.query = fmt::format("select * exclude (geometry) from ({})", table.query);
        table.has_geometry = false;
    }
    ICMAP_ASSIGN(table.provenance, provenance(atlas));
    return table;
}

} // namespace

Result<Table> make_table(store::Connection& atlas, const ExportRequest& request) {
    ICMAP_ASSIGN(const bool is_official, apply_disclosure(atlas));
    if (is_official && tells_of_firms(request.layer)) {
        return usage_error(
            fmt::format("The layer {} tells of single firms, which are withheld: "
                        "this atlas was built for official disclosure",
                        layer_name(request.layer)),
            "Export clusters, areas or institutions, or build the atlas with disclosure = "
            "\"open\"");
    }
    ICMAP_TRY(choose_clusters(atlas, request));
    if (request.schema == ExportSchema::icmap) {
        return layer_table(atlas, request);
    }
    if (request.layer != ExportLayer::clusters) {
        return usage_error("The schema dsit-v2 is one of clusters",
                           "Use --layer clusters, or leave --schema out");
    }
    return make_published_table(atlas);
}

} // namespace icmap::publish
