#include "serve/cluster_filter.hpp"
#include "serve/csv.hpp"
#include "serve/download.hpp"
#include "serve/drawn_place.hpp"
#include "serve/selection.hpp"

#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

std::string clusters_csv(const Catalogue& catalogue, std::span<const std::size_t> clusters,
                         std::span<const MeasureEntry* const> columns) {
    std::string csv =
        "cluster_id,slug,name,sector,sector_slug,sector_type,is_frontier,type,is_rdi_active,"
        "site_count,enterprise_count,la_1,la_2,la_3,area_km2,extent_km,label_lon,label_lat";
    for (const MeasureEntry* measure : columns) {
        csv += ',' + csv_field(measure->key);
    }
    csv += "\r\n";
    for (const std::size_t i : clusters) {
        const ClusterEntry& c = catalogue.clusters[i];
        const SectorEntry& sector = catalogue.sectors[c.sector];
        csv += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", c.id, csv_field(c.slug),
            csv_field(c.name), csv_field(sector.name), csv_field(sector.slug), sector.type,
            sector.is_frontier, c.type, c.is_rdi_active, c.site_count, c.enterprise_count,
            csv_field(c.authorities[0]), csv_field(c.authorities[1]), csv_field(c.authorities[2]),
            c.area_km2, c.extent_km, c.label.lon, c.label.lat);
        for (const MeasureEntry* measure : columns) {
            csv += ',' + csv_number(measure->values[i]);
        }
        csv += "\r\n";
    }
    return csv;
}

void write_cluster_feature(JsonWriter& json, const Catalogue& catalogue, std::size_t i,
                           std::span<const MeasureEntry* const> columns) {
    const ClusterEntry& c = catalogue.clusters[i];
    const SectorEntry& sector = catalogue.sectors[c.sector];
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", c.id);
    json.member_raw("geometry", c.outline.geojson(6));
    json.key("properties");
    json.begin_object();
    json.member("slug", c.slug);
    json.member("name", c.name);
    json.member("sector", sector.name);
    json.member("sector_slug", sector.slug);
    json.member("sector_type", sector.type);
    json.member("is_frontier", sector.is_frontier);
    json.member("type", c.type);
    json.member("is_rdi_active", c.is_rdi_active);
    json.member("site_count", c.site_count);
    json.member("enterprise_count", c.enterprise_count);
    json.member_or_null("la_1", c.authorities[0]);
    json.member_or_null("la_2", c.authorities[1]);
    json.member_or_null("la_3", c.authorities[2]);
    json.member("area_km2", c.area_km2);
    json.member("extent_km", c.extent_km);
    for (const MeasureEntry* measure : columns) {
        json.member(measure->key, measure->values[i]);
    }
    json.end_object();
    json.end_object();
}

std::string clusters_geojson(const Catalogue& catalogue, std::span<const std::size_t> clusters,
                             std::span<const MeasureEntry* const> columns) {
    JsonWriter json;
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.member("attribution", catalogue.attribution());
    json.member("is_example", catalogue.is_example);
    json.key("features");
    json.begin_array();
    for (const std::size_t i : clusters) {
        write_cluster_feature(json, catalogue, i, columns);
    }
    json.end_array();
    json.end_object();
    return json.take();
}

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

bool is_file_format(publish::ExportFormat format) {
    return format == publish::ExportFormat::gpkg || format == publish::ExportFormat::xlsx;
}

} // namespace

Answer export_clusters(Call& call) {
    ICMAP_ASSIGN(const auto format, download_format(call.captured[0]));
    ICMAP_ASSIGN(auto clusters, filter_clusters(call));
    ICMAP_TRY(keep_touching(call, clusters));
    ICMAP_TRY(sort_clusters(call, clusters));
    ICMAP_ASSIGN(const auto columns, read_columns(call));
    ICMAP_TRY(call.parameters.finish());
    const Catalogue& catalogue = call.catalogue();
    if (is_file_format(format)) {
        return download(call.atlas,
                        export_request(catalogue, publish::ExportLayer::clusters, format, clusters),
                        "clusters");
    }
    return format == publish::ExportFormat::csv
               ? as_file("text/csv; charset=utf-8", clusters_csv(catalogue, clusters, columns),
                         "clusters.csv")
               : as_file("application/geo+json", clusters_geojson(catalogue, clusters, columns),
                         "clusters.geojson");
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
    if (is_file_format(format)) {
        return download(call.atlas,
                        export_request(call.catalogue(), publish::ExportLayer::members, format,
                                       std::span(&*index, 1)),
                        "members-" + cluster.slug);
    }
    const bool is_csv = format == publish::ExportFormat::csv;
    auto lease = call.atlas.sessions().lend();
    std::string body =
        is_csv ? "site_id,company_number,name,town,postcode,lon,lat,kind,is_core,incorporated,"
                 "employees,sic_codes,evidence\r\n"
               : R"({"type":"FeatureCollection","features":[)";
    bool is_first = true;
    ICMAP_SERVE_ASSIGN(
        const bool done,
        read_rows(lease.connection(), is_csv ? "members_csv" : "members_geojson",
                  [&](const store::Chunk& chunk) {
                      for (std::size_t i = 0; i < chunk.size(); ++i) {
                          for (std::size_t k = 0; is_csv && k < chunk.column_count(); ++k) {
                              body += (k == 0 ? "" : ",") + csv_field(chunk.text(k, i));
                          }
                          if (!is_csv) {
                              body += is_first ? "" : ",";
                              body += chunk.text(0, i);
                          }
                          body += is_csv ? "\r\n" : "";
                          is_first = false;
                      }
                  },
                  {static_cast<std::int64_t>(cluster.id)})
            .map([] { return true; }));
    static_cast<void>(done);
    body += is_csv ? "" : "]}";
    return as_file(is_csv ? "text/csv; charset=utf-8" : "application/geo+json", std::move(body),
                   "members-" + cluster.slug + (is_csv ? ".csv" : ".geojson"));
}

} // namespace icmap::serve
