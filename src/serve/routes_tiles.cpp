#include "serve/tile_answer.hpp"

#include <fmt/format.h>

namespace icmap::serve {
namespace {

/// What the tiles of the call are cut from: a layer, or a sector's part of the firms.
struct AskedTiles {
    const TileSet* set = nullptr;
    std::string sector; ///< slug; empty: not asked for
};

Checked<AskedTiles> asked_tiles(Call& call) {
    AskedTiles asked;
    const auto sector = call.parameters.text("sector");
    ICMAP_ASSIGN(asked.set, find_layer(call, call.captured[0]));
    if (!sector) {
        return asked;
    }
    if (!TileLayers::is_firm_layer(call.captured[0])) {
        return bad_request("Only the firms can be asked for by sector", "sector", *sector,
                           "Leave sector out, or ask for the layer firms");
    }
    const auto index = call.catalogue().find_sector(*sector);
    if (!index) {
        return bad_request("There is no such sector", "sector", *sector,
                           "/api/sectors lists their slugs");
    }
    asked.sector = call.catalogue().sectors[*index].slug;
    asked.set = &call.atlas.tiles.firms()->of_sector(asked.sector);
    return asked;
}

Checked<std::uint32_t> coordinate(const std::string& text, std::int64_t largest, const char* name) {
    const auto number = to_integer(text);
    if (!number || *number < 0 || *number > largest) {
        return bad_request(
            fmt::format("{} of a tile must be a whole number from 0 to {}", name, largest), name,
            text, "Ask for a tile of the pyramid");
    }
    return static_cast<std::uint32_t>(*number);
}

} // namespace

Checked<const TileSet*> find_layer(const Call& call, const std::string& name) {
    const Catalogue& catalogue = call.catalogue();
    if (TileLayers::is_firm_layer(name)) {
        ICMAP_TRY(refuse_where_withheld(catalogue));
    }
    const TileSet* set = call.atlas.tiles.find(name);
    if (set == nullptr && TileLayers::is_firm_layer(name) && call.atlas.have_firms_failed()) {
        return tl::unexpected(
            Problem{503,
                    "The firms of this atlas could not be read",
                    {},
                    {},
                    "The log of the server says why; the other layers are there"});
    }
    if (set == nullptr && TileLayers::is_firm_layer(name)) {
        return tl::unexpected(
            Problem{503, "The firms are still being read", {}, {}, "Ask again in some seconds"});
    }
    if (set == nullptr) {
        return not_found(
            "There is no tile layer " + name,
            "Choose clusters, firms, institutions, areas, places, land or published-clusters");
    }
    return set;
}

Answer answer_tile(const TileSet& set, const TileAddress& address) {
    ICMAP_ASSIGN(const std::uint32_t z, coordinate(address.z, tiles::kMaxZoom, "z"));
    const std::int64_t last = (std::int64_t{1} << z) - 1;
    ICMAP_ASSIGN(const std::uint32_t x, coordinate(address.x, last, "x"));
    ICMAP_ASSIGN(const std::uint32_t y, coordinate(address.y, last, "y"));
    std::string bytes = TileLayers::tile(set, {z, x, y});
    if (bytes.empty()) {
        Response nothing;
        nothing.status = 204;
        return nothing;
    }
    return respond("application/vnd.mapbox-vector-tile", std::move(bytes));
}

Answer get_tilejson(Call& call) {
    ICMAP_ASSIGN(const AskedTiles asked, asked_tiles(call));
    ICMAP_TRY(call.parameters.finish());
    const TileSet* set = asked.set;
    JsonWriter json;
    json.begin_object();
    json.member("tilejson", "3.0.0");
    json.member("name", set->name);
    json.key("tiles");
    json.begin_array();
    json.value(fmt::format("{}/tiles/{}/{{z}}/{{x}}/{{y}}.mvt?v={}{}", call.base_url, set->name,
                           call.atlas.version,
                           asked.sector.empty() ? "" : "&sector=" + asked.sector));
    json.end_array();
    json.member("minzoom", 0);
    json.member("maxzoom", set->max_zoom);
    json.key("bounds");
    Box bounds = set->layers.front().lon_lat_bounds();
    if (bounds.min_x > bounds.max_x) {
        bounds = call.catalogue().bounds;
    }
    write_box(json, bounds);
    json.member("attribution", call.catalogue().attribution());
    json.key("vector_layers");
    json.begin_array();
    for (const tiles::Layer& layer : set->layers) {
        json.begin_object();
        json.member("id", layer.name());
        json.key("fields");
        json.begin_object();
        for (const tiles::Column& column : layer.columns()) {
            json.member(column.name(), column.type_name());
        }
        json.end_object();
        json.member("minzoom", 0);
        json.member("maxzoom", set->max_zoom);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_tile(Call& call) {
    const auto version = call.parameters.text("v");
    ICMAP_ASSIGN(const AskedTiles asked, asked_tiles(call));
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(Response response,
                 answer_tile(*asked.set, {call.captured[1], call.captured[2], call.captured[3]}));
    // An address that names the version never changes its answer.
    if (version && *version == call.atlas.version) {
        response.headers.push_back({"Cache-Control", "public, max-age=31536000, immutable"});
    }
    return response;
}

} // namespace icmap::serve
