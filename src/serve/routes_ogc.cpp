#include "serve/ogc.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <functional>

namespace icmap::serve {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kGeoJson = "application/geo+json";
constexpr std::string_view kOpenApi = "application/vnd.oai.openapi+json;version=3.0";

constexpr std::array kCollections{
    OgcCollection{"clusters", "Clusters", "Outlines of clusters with their figures", "ogc_clusters",
                  "id", false},
    OgcCollection{"members", "Members of clusters", "One point per site and cluster it belongs to",
                  "ogc_members", "cluster_id, site_id", true},
    OgcCollection{"areas", "Areas", "Administrative and statistical areas", "ogc_areas", "id",
                  false},
    OgcCollection{"institutions", "Institutions",
                  "Universities, research organisations and other assets", "ogc_institutions", "id",
                  true},
    OgcCollection{"published-clusters", "Published clusters",
                  "Clusters of another published map, for comparison", "ogc_published_clusters",
                  "id", false},
};

/// From the first firm's incorporation; the end is open, as firms live on.
void write_temporal_extent(JsonWriter& json, const Catalogue& catalogue) {
    json.key("temporal");
    json.begin_object();
    json.key("interval");
    json.begin_array();
    json.begin_array();
    if (catalogue.first_incorporated.empty()) {
        json.null();
    } else {
        json.value(catalogue.first_incorporated + "T00:00:00Z");
    }
    json.null();
    json.end_array();
    json.end_array();
    json.member("trs", "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian");
    json.end_object();
}

void write_collection(JsonWriter& json, const Call& call, const OgcCollection& collection) {
    const std::string self = fmt::format("{}/ogc/collections/{}", call.base_url, collection.id);
    json.begin_object();
    json.member("id", collection.id);
    json.member("title", collection.title);
    json.member("description", collection.description);
    json.member("attribution", call.catalogue().attribution());
    json.member("itemType", "feature");
    json.member_raw("crs", R"(["http://www.opengis.net/def/crs/OGC/1.3/CRS84"])");
    json.key("extent");
    json.begin_object();
    json.key("spatial");
    json.begin_object();
    json.key("bbox");
    json.begin_array();
    write_box(json, call.catalogue().bounds);
    json.end_array();
    json.member("crs", "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    json.end_object();
    if (answers_datetime(collection)) {
        write_temporal_extent(json, call.catalogue());
    }
    json.end_object();
    json.key("links");
    json.begin_array();
    write_link(json, self, "self", kJson, "This collection");
    write_link(json, self + "/items", "items", kGeoJson, collection.title);
    write_link(json, call.base_url + "/api/export/about.txt", "license", "text/plain",
               "Sources and licences");
    if (has_tiles(collection)) {
        write_link(json, self + "/tiles", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
                   kJson, "Vector tiles");
    }
    json.end_array();
    json.end_object();
}

std::string_view schema_of(store::ColumnType type) {
    switch (type) {
    case store::ColumnType::boolean:
        return R"({"type":"boolean"})";
    case store::ColumnType::integer:
        return R"({"type":"integer"})";
    case store::ColumnType::real:
        return R"({"type":"number"})";
    default:
        return R"({"type":"string"})";
    }
}

void write_parameter(JsonWriter& json, std::string_view name, std::string_view place,
                     std::string_view schema) {
    json.begin_object();
    json.member("name", name);
    json.member("in", place);
    json.member("required", place == "path");
    json.member_raw("schema", schema);
    if (place == "query") {
        json.member("style", "form");
        json.member("explode", false);
    }
    json.end_object();
}

void write_operation(JsonWriter& json, std::string_view path, std::string_view summary,
                     std::string_view type, const std::function<void()>& parameters) {
    json.key(path);
    json.begin_object();
    json.key("get");
    json.begin_object();
    json.member("summary", summary);
    json.key("parameters");
    json.begin_array();
    parameters();
    json.end_array();
    json.key("responses");
    json.begin_object();
    json.key("200");
    json.begin_object();
    json.member("description", summary);
    json.key("content");
    json.begin_object();
    json.member_raw(type, R"({"schema":{"type":"object"}})");
    json.end_object();
    json.end_object();
    json.member_raw("default", R"({"description":"A problem document of RFC 9457"})");
    json.end_object();
    json.end_object();
    json.end_object();
}

void write_tile_operations(JsonWriter& json, const std::string& path) {
    const auto none = [] {};
    write_operation(json, path + "/tiles", "Tilesets", kJson, none);
    write_operation(json, path + "/tiles/WebMercatorQuad", "A tileset", kJson, none);
    write_operation(json, path + "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}",
                    "A vector tile", "application/vnd.mapbox-vector-tile", [&json] {
                        for (const char* name : {"tileMatrix", "tileRow", "tileCol"}) {
                            write_parameter(json, name, "path",
                                            R"({"type":"integer","minimum":0})");
                        }
                    });
}

Checked<void> write_paths(JsonWriter& json, const Call& call) {
    const auto none = [] {};
    write_operation(json, "/ogc", "Landing page", kJson, none);
    write_operation(json, "/ogc/conformance", "Conformance classes", kJson, none);
    write_operation(json, "/ogc/collections", "Collections", kJson, none);
    write_operation(json, "/ogc/tileMatrixSets", "Tile matrix sets", kJson, none);
    write_operation(json, "/ogc/tileMatrixSets/WebMercatorQuad", "The tile matrix set", kJson,
                    none);
    auto lease = call.atlas.sessions().lend();
    for (const OgcCollection* collection : ogc_collections(call.catalogue())) {
        ICMAP_SERVE_ASSIGN(const auto properties, properties_of(lease.connection(), *collection));
        const std::string path = fmt::format("/ogc/collections/{}", collection->id);
        write_operation(json, path, collection->title, kJson, none);
        write_operation(json, path + "/items", collection->description, kGeoJson, [&] {
            write_parameter(json, "limit", "query",
                            R"({"type":"integer","minimum":1,"maximum":10000,"default":100})");
            write_parameter(json, "offset", "query",
                            R"({"type":"integer","minimum":0,"default":0})");
            write_parameter(
                json, "bbox", "query",
                R"({"type":"array","minItems":4,"maxItems":6,"items":{"type":"number"}})");
            write_parameter(json, "datetime", "query", R"({"type":"string"})");
            for (const Queryable& property : properties) {
                if (property.type != store::ColumnType::list) {
                    write_parameter(json, property.name, "query", schema_of(property.type));
                }
            }
        });
        if (has_tiles(*collection)) {
            write_tile_operations(json, path);
        }
        write_operation(json, path + "/items/{featureId}", "One feature", kGeoJson, [&] {
            write_parameter(json, "featureId", "path", R"({"type":"string"})");
        });
    }
    return {};
}

} // namespace

std::vector<const OgcCollection*> ogc_collections(const Catalogue& catalogue) {
    std::vector<const OgcCollection*> all;
    for (const OgcCollection& collection : kCollections) {
        if (collection.id != "members" || !catalogue.is_official) {
            all.push_back(&collection);
        }
    }
    return all;
}

Checked<const OgcCollection*> find_collection(const Catalogue& catalogue, std::string_view id) {
    if (id == "members") {
        ICMAP_TRY(refuse_where_withheld(catalogue));
    }
    for (const OgcCollection* collection : ogc_collections(catalogue)) {
        if (collection->id == id) {
            return collection;
        }
    }
    return not_found(fmt::format("There is no collection {}", id), "/ogc/collections lists them");
}

Result<std::vector<Queryable>> properties_of(store::Connection& session,
                                             const OgcCollection& collection) {
    ICMAP_ASSIGN(const auto columns,
                 session.describe(fmt::format("select * from {}", collection.view)));
    std::vector<Queryable> properties;
    for (const store::ColumnInfo& column : columns) {
        if (column.name != "id" && column.name != "lon" && column.name != "lat") {
            properties.push_back({column.name, column.type});
        }
    }
    return properties;
}

Checked<void> finish_ogc(Call& call, std::span<const std::string_view> encodings) {
    const auto wanted = call.parameters.text("f");
    if (wanted && std::ranges::find(encodings, *wanted) == encodings.end()) {
        return bad_request("This is not answered in that encoding", "f", *wanted,
                           "Leave it out, or send " + in_words(encodings));
    }
    return call.parameters.finish();
}

Checked<void> finish_ogc(Call& call) {
    constexpr std::array<std::string_view, 1> kJsonAlone{"json"};
    return finish_ogc(call, kJsonAlone);
}

void write_link(JsonWriter& json, std::string_view href, std::string_view rel,
                std::string_view type, std::string_view title) {
    json.begin_object();
    json.member("href", href);
    json.member("rel", rel);
    json.member("type", type);
    json.member("title", title);
    json.end_object();
}

Answer get_ogc_landing(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    const std::string root = call.base_url + "/ogc";
    JsonWriter json;
    json.begin_object();
    json.member("title", call.catalogue().name);
    json.member("description",
                call.catalogue().is_example
                    ? "Innovation clusters. Example data: made up for trying things out"
                    : "Innovation clusters");
    json.member("attribution", call.catalogue().attribution());
    json.key("links");
    json.begin_array();
    write_link(json, root, "self", kJson, "This document");
    write_link(json, root + "/api", "service-desc", kOpenApi, "The API as OpenAPI");
    write_link(json, call.base_url + "/api/openapi.yaml", "service-doc", "application/yaml",
               "Everything this server answers");
    write_link(json, root + "/conformance", "conformance", kJson, "Conformance classes");
    write_link(json, root + "/collections", "data", kJson, "Collections");
    write_link(json, root + "/tileMatrixSets",
               "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", kJson, "Tile matrix sets");
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_conformance(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    return respond_json(
        R"({"conformsTo":["http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",)"
        R"("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",)"
        R"("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",)"
        R"("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",)"
        R"("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30"]})");
}

Answer get_ogc_api(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    JsonWriter json;
    json.begin_object();
    json.member("openapi", "3.0.3");
    json.key("info");
    json.begin_object();
    json.member("title", call.catalogue().name);
    json.member("version", "1.0.0");
    json.end_object();
    json.key("servers");
    json.begin_array();
    json.begin_object();
    json.member("url", call.base_url);
    json.end_object();
    json.end_array();
    json.key("paths");
    json.begin_object();
    ICMAP_TRY(write_paths(json, call));
    json.end_object();
    json.end_object();
    return respond(std::string(kOpenApi), json.take());
}

Answer get_ogc_collections(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    JsonWriter json;
    json.begin_object();
    json.key("collections");
    json.begin_array();
    for (const OgcCollection* collection : ogc_collections(call.catalogue())) {
        write_collection(json, call, *collection);
    }
    json.end_array();
    json.key("links");
    json.begin_array();
    write_link(json, call.base_url + "/ogc/collections", "self", kJson, "This document");
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_collection(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    ICMAP_ASSIGN(const OgcCollection* collection,
                 find_collection(call.catalogue(), call.captured[0]));
    JsonWriter json;
    write_collection(json, call, *collection);
    return respond_json(json.take());
}

} // namespace icmap::serve
