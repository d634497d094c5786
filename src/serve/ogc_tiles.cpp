// OGC API – Tiles, part 1: the collections as vector tiles of the usual web-mercator pyramid.
#include "serve/ogc.hpp"
#include "serve/tile_answer.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kTile = "application/vnd.mapbox-vector-tile";
constexpr std::string_view kScheme = "WebMercatorQuad";
constexpr std::string_view kSchemeUri =
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view kMercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
constexpr std::string_view kSchemeRelation = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
// \source OGC 17-083r4, annex D.1: the scale of 256 pixels of 0.28 mm a tile at zoom 0
constexpr double kHalfWorld_m = 20037508.3427892;
constexpr double kScale = 559082264.028717;
constexpr double kCell_m = 156543.033928041;

/// The tiles of a collection.
/// \errors as find_collection; 404 where it has none
Checked<const TileSet*> tiles_of(const Call& call, const std::string& id) {
    ICMAP_ASSIGN(const OgcCollection* collection, find_collection(call.catalogue(), id));
    if (!has_tiles(*collection)) {
        return not_found("The collection " + id + " has no tiles", "Ask for its items");
    }
    return find_layer(call, id);
}

Checked<void> check_scheme(const std::string& name) {
    if (name != kScheme) {
        return not_found("There is no tile matrix set " + name, "Use WebMercatorQuad");
    }
    return {};
}

std::string tileset_url(const Call& call, std::string_view collection) {
    return fmt::format("{}/ogc/collections/{}/tiles/{}", call.base_url, collection, kScheme);
}

void write_scheme_members(JsonWriter& json) {
    json.member("dataType", "vector");
    json.member("crs", kMercator);
    json.member("tileMatrixSetURI", kSchemeUri);
}

void write_tile_links(JsonWriter& json, const Call& call, std::string_view collection) {
    const std::string url = tileset_url(call, collection);
    json.key("links");
    json.begin_array();
    write_link(json, url, "self", kJson, "This tileset");
    write_link(json, fmt::format("{}/ogc/tileMatrixSets/{}", call.base_url, kScheme),
               kSchemeRelation, kJson, "The tile matrix set");
    json.begin_object();
    json.member("href", url + "/{tileMatrix}/{tileRow}/{tileCol}");
    json.member("rel", "item");
    json.member("type", kTile);
    json.member("title", "Mapbox vector tiles");
    json.key("templated");
    json.value(true);
    json.end_object();
    json.end_array();
}

void write_bounds(JsonWriter& json, const Box& bounds) {
    const auto corner = [&json](std::string_view name, double lon, double lat) {
        json.key(name);
        json.begin_array();
        json.rounded(lon, 6);
        json.rounded(lat, 6);
        json.end_array();
    };
    json.key("boundingBox");
    json.begin_object();
    corner("lowerLeft", bounds.min_x, bounds.min_y);
    corner("upperRight", bounds.max_x, bounds.max_y);
    json.member("crs", "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    json.end_object();
}

void write_layers(JsonWriter& json, const TileSet& set) {
    json.key("layers");
    json.begin_array();
    for (const tiles::Layer& layer : set.layers) {
        json.begin_object();
        json.member("id", layer.name());
        json.member("dataType", "vector");
        json.member("minTileMatrix", "0");
        json.member("maxTileMatrix", std::to_string(set.max_zoom));
        json.end_object();
    }
    json.end_array();
}

void write_matrix(JsonWriter& json, std::uint32_t zoom) {
    const double side = std::ldexp(1.0, static_cast<int>(zoom));
    json.begin_object();
    json.member("id", std::to_string(zoom));
    json.member("scaleDenominator", kScale / side);
    json.member("cellSize", kCell_m / side);
    json.key("pointOfOrigin");
    json.begin_array();
    json.value(-kHalfWorld_m);
    json.value(kHalfWorld_m);
    json.end_array();
    json.member("tileWidth", 256);
    json.member("tileHeight", 256);
    json.member("matrixWidth", std::int64_t{1} << zoom);
    json.member("matrixHeight", std::int64_t{1} << zoom);
    json.end_object();
}

} // namespace

Answer get_ogc_tile_matrix_sets(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    JsonWriter json;
    json.begin_object();
    json.key("tileMatrixSets");
    json.begin_array();
    json.begin_object();
    json.member("id", kScheme);
    json.member("title", "Google Maps compatible for the world");
    json.member("uri", kSchemeUri);
    json.key("links");
    json.begin_array();
    write_link(json, fmt::format("{}/ogc/tileMatrixSets/{}", call.base_url, kScheme), "self", kJson,
               "The tile matrix set");
    json.end_array();
    json.end_object();
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_tile_matrix_set(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    ICMAP_TRY(check_scheme(call.captured[0]));
    JsonWriter json;
    json.begin_object();
    json.member("id", kScheme);
    json.member("title", "Google Maps compatible for the world");
    json.member("uri", kSchemeUri);
    json.member("crs", kMercator);
    json.member_raw("orderedAxes", R"(["X","Y"])");
    json.member("wellKnownScaleSet",
                "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible");
    json.key("tileMatrices");
    json.begin_array();
    for (std::uint32_t zoom = 0; zoom <= tiles::kMaxZoom; ++zoom) {
        write_matrix(json, zoom);
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_tilesets(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    const std::string& id = call.captured[0];
    ICMAP_ASSIGN(const TileSet* set, tiles_of(call, id));
    JsonWriter json;
    json.begin_object();
    json.key("links");
    json.begin_array();
    write_link(json, fmt::format("{}/ogc/collections/{}/tiles", call.base_url, id), "self", kJson,
               "This document");
    json.end_array();
    json.key("tilesets");
    json.begin_array();
    json.begin_object();
    json.member("title", set->name);
    write_scheme_members(json);
    write_tile_links(json, call, id);
    json.end_object();
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_tileset(Call& call) {
    ICMAP_TRY(finish_ogc(call));
    const std::string& id = call.captured[0];
    ICMAP_ASSIGN(const TileSet* set, tiles_of(call, id));
    ICMAP_TRY(check_scheme(call.captured[1]));
    JsonWriter json;
    json.begin_object();
    json.member("title", set->name);
    write_scheme_members(json);
    json.member("attribution", call.catalogue().attribution());
    Box bounds = set->layers.front().lon_lat_bounds();
    write_bounds(json, bounds.min_x > bounds.max_x ? call.catalogue().bounds : bounds);
    write_layers(json, *set);
    write_tile_links(json, call, id);
    json.end_object();
    return respond_json(json.take());
}

Answer get_ogc_tile(Call& call) {
    constexpr std::array<std::string_view, 2> kTileEncodings{"mvt", "pbf"};
    ICMAP_TRY(finish_ogc(call, kTileEncodings));
    ICMAP_ASSIGN(const TileSet* set, tiles_of(call, call.captured[0]));
    ICMAP_TRY(check_scheme(call.captured[1]));
    // Row before column, as the standard has it.
    return answer_tile(*set, {call.captured[2], call.captured[4], call.captured[3]});
}

} // namespace icmap::serve
