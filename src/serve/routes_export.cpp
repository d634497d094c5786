#include "serve/cluster_filter.hpp"

#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

/// A CSV field (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe;
/// a number, negative or not, is no formula.
std::string csv_field(std::string_view text) {
    std::string field(text);
    if (!field.empty() && !to_number(text) &&
        std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos) {
        field.insert(0, 1, '\'');
    }
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string csv_number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

Answer as_file(std::string content_type, std::string body, std::string_view name) {
    Response response = respond(std::move(content_type), std::move(body));
    response.headers.push_back(
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)});
    return response;
}

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

Checked<bool> wants_csv(const Call& call) {
    const std::string& format = call.captured[0];
    if (format != "csv" && format != "geojson") {
        return not_found("There is no export as " + format, "Choose csv or geojson");
    }
    return format == "csv";
}

} // namespace

Answer export_clusters(Call& call) {
    ICMAP_ASSIGN(const bool is_csv, wants_csv(call));
    ICMAP_ASSIGN(auto clusters, filter_clusters(call));
    ICMAP_TRY(sort_clusters(call, clusters));
    ICMAP_ASSIGN(const auto columns, read_columns(call));
    ICMAP_TRY(call.parameters.finish());
    const Catalogue& catalogue = call.catalogue();
    return is_csv ? as_file("text/csv; charset=utf-8", clusters_csv(catalogue, clusters, columns),
                            "clusters.csv")
                  : as_file("application/geo+json", clusters_geojson(catalogue, clusters, columns),
                            "clusters.geojson");
}

Answer export_members(Call& call) {
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_ASSIGN(const bool is_csv, wants_csv(call));
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
