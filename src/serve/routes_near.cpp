#include "serve/answers.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

namespace icmap::serve {
namespace {

struct Asked {
    LonLat place;
    std::string postcode; ///< empty: asked by position
};

Checked<Asked> read_place(Call& call) {
    ICMAP_ASSIGN(const auto lon, call.parameters.number("lon", -180, 180));
    ICMAP_ASSIGN(const auto lat, call.parameters.number("lat", -90, 90));
    const auto postcode = call.parameters.text("postcode");
    if (lon.has_value() != lat.has_value() || lon.has_value() == postcode.has_value()) {
        return bad_request("A place is needed: lon and lat, or a postcode", lon ? "lat" : "lon", {},
                           "Send ?lon=-1.47&lat=53.38 or ?postcode=S1%202HH");
    }
    if (lon) {
        return Asked{{*lon, *lat}, {}};
    }
    const auto found = call.atlas.postcodes.find(*postcode);
    if (!found) {
        return tl::unexpected(Problem{404, "The postcode is not known, or no longer in use",
                                      "postcode", postcode->substr(0, 20),
                                      "Check its spelling, or choose a place on the map"});
    }
    return Asked{found->place, found->postcode};
}

void write_clusters(JsonWriter& json, const Call& call, std::span<const Ground::Reach> reached,
                    const SectorChoice& sectors, std::size_t limit) {
    const Catalogue& catalogue = call.catalogue();
    for (const bool is_inside : {true, false}) {
        std::size_t written = 0;
        json.key(is_inside ? "inside" : "nearby");
        json.begin_array();
        for (const Ground::Reach& reach : reached) {
            const ClusterEntry& cluster = catalogue.clusters[reach.cluster];
            if ((reach.distance_m == 0.0) != is_inside || !sectors.has(cluster.sector) ||
                written++ >= limit) {
                continue;
            }
            if (is_inside) {
                json.raw(cluster.reference);
                continue;
            }
            json.begin_object();
            json.member_raw("cluster", cluster.reference);
            json.key("distance_km");
            json.rounded(reach.distance_m / 1000.0, 3);
            json.end_object();
        }
        json.end_array();
    }
}

void write_hit(JsonWriter& json, const SearchItem& item, double score) {
    json.begin_object();
    json.member("kind", item.kind);
    json.member("key", item.key);
    json.member("label", item.label);
    json.member("detail", item.detail);
    json.key("score");
    json.rounded(score, 4);
    json.key("lon");
    item.place ? json.rounded(item.place->lon, 6) : json.null();
    json.key("lat");
    item.place ? json.rounded(item.place->lat, 6) : json.null();
    json.key("bbox");
    if (item.bounds) {
        write_box(json, *item.bounds);
    } else {
        json.null();
    }
    json.end_object();
}

struct Hit {
    SearchItem item;
    double score = 0.0;
};

/// Everything but postcodes and firms, each once: a sector has several names.
void find_items(const AtlasView& atlas, const std::string& query, std::size_t most,
                std::vector<Hit>& hits) {
    std::unordered_set<std::uint32_t> found;
    for (const Match& match : atlas.item_names.find(query, most)) {
        if (found.insert(match.item).second) {
            hits.push_back({atlas.items[match.item], match.score});
        }
    }
}

void write_hits(JsonWriter& json, std::string_view query, std::span<const Hit> hits) {
    json.begin_object();
    json.member("q", query);
    json.key("hits");
    json.begin_array();
    for (const Hit& hit : hits) {
        write_hit(json, hit.item, hit.score);
    }
    json.end_array();
    json.end_object();
}

void find_postcodes(const AtlasView& atlas, const std::string& query, std::vector<Hit>& hits) {
    constexpr std::size_t kMost = 5;
    const std::string normal = Postcodes::normalise(query);
    for (auto& found : atlas.postcodes.beginning_with(query, kMost)) {
        // "S10 2" is hardly anything but the beginning of a postcode; "S1" may be a name.
        const bool is_whole = Postcodes::normalise(found.postcode) == normal;
        const bool is_past_district = normal.size() > found.postcode.find(' ');
        hits.push_back({{"postcode", found.postcode, found.postcode, "Postcode", found.place, {}},
                        is_whole           ? 1.0
                        : is_past_district ? 0.9
                                           : 0.72});
    }
}

Checked<void> find_firms(Call& call, const std::string& query, std::size_t limit,
                         std::vector<Hit>& hits) {
    const SearchIndex* names = call.atlas.firm_names();
    if (names == nullptr) {
        return {};
    }
    std::string ids;
    std::unordered_map<std::uint32_t, double> score_of;
    for (const Match& match : names->find(query, limit)) {
        ids += (ids.empty() ? "" : ",") + std::to_string(match.item);
        score_of.emplace(match.item, match.score);
    }
    if (ids.empty()) {
        return {};
    }
    auto lease = call.atlas.sessions().lend();
    // The ids are our own numbers; as literals they are looked up in the index of the key, as a
    // parameter the whole register would be read.
    const auto done = lease.connection().read(
        fmt::format("select firm_id, company_number, name, town from firm where firm_id in ({}) "
                    "order by firm_id",
                    ids),
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t firm = chunk.column<std::uint32_t>(0)[i];
                std::optional<LonLat> place;
                if (const auto office = call.atlas.sites.office_of(firm)) {
                    place = call.atlas.ground->projection().to_lon_lat(*office);
                }
                hits.push_back({{"firm",
                                 std::string(chunk.text(1, i)),
                                 std::string(chunk.text(2, i)),
                                 std::string(chunk.text(3, i)),
                                 place,
                                 {}},
                                score_of[firm]});
            }
        });
    if (!done) {
        return tl::unexpected(to_problem(done.error()));
    }
    return {};
}

} // namespace

Answer get_near(Call& call) {
    ICMAP_ASSIGN(const Asked asked, read_place(call));
    ICMAP_ASSIGN(const auto radius, call.parameters.number("radius_m", 0, 200'000));
    ICMAP_ASSIGN(const auto sectors, read_sectors(call));
    ICMAP_ASSIGN(const auto limit, call.parameters.integer("limit", 1, 1000, 100));
    ICMAP_TRY(call.parameters.finish());
    const double radius_m = radius.value_or(20'000.0);
    const PlaneXY at = call.atlas.ground->projection().to_plane(asked.place);
    if (!geo::is_placed(at)) {
        return bad_request("The place lies outside the map", "lon", {},
                           "Choose a place inside the bounds of /api/atlas");
    }
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto institutions,
                       json_of(lease.connection(), "nearest_assets", {at.x_m, at.y_m, radius_m}));
    ICMAP_SERVE_ASSIGN(const auto town,
                       json_of(lease.connection(), "nearest_place", {at.x_m, at.y_m}));
    const auto reached = call.atlas.ground->clusters_near(at, Metres{radius_m}, call.catalogue());
    JsonWriter json;
    json.begin_object();
    json.key("place");
    json.begin_object();
    json.member("lon", asked.place.lon);
    json.member("lat", asked.place.lat);
    json.member("label", !asked.postcode.empty() ? asked.postcode
                         : town.empty()          ? std::string("this place")
                                                 : "near " + town);
    if (!asked.postcode.empty()) {
        json.member("postcode", asked.postcode);
    }
    json.end_object();
    json.key("areas");
    json.begin_array();
    for (const std::size_t i : call.atlas.ground->areas_at(at)) {
        write_area_reference(json, call.catalogue().areas[i]);
    }
    json.end_array();
    write_clusters(json, call, reached, sectors, static_cast<std::size_t>(limit));
    json.member_raw("institutions", institutions.empty() ? "[]" : institutions);
    json.end_object();
    return respond_json(json.take());
}

Answer get_search(Call& call) {
    constexpr std::array<std::string_view, 7> kKinds{"place", "postcode",    "area",  "cluster",
                                                     "firm",  "institution", "sector"};
    constexpr std::size_t kLongest = 200;
    constexpr std::size_t kFromEach = 200;
    const auto query = call.parameters.text("q");
    ICMAP_ASSIGN(const auto kinds, call.parameters.list_of("kind", kKinds));
    ICMAP_ASSIGN(const auto limit, call.parameters.integer("limit", 1, 100, 12));
    ICMAP_TRY(call.parameters.finish());
    if (!query || query->size() > kLongest) {
        return bad_request(query ? "q is too long" : "q is missing", "q", query.value_or(""),
                           fmt::format("Send at most {} bytes of a name or a postcode", kLongest));
    }
    const auto wants = [&kinds](std::string_view kind) {
        return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    std::vector<Hit> hits;
    // Of the kinds not asked for too, which are left out afterwards.
    find_items(call.atlas, *query, kinds.empty() ? 2 * static_cast<std::size_t>(limit) : kFromEach,
               hits);
    std::erase_if(hits, [&](const Hit& hit) { return !wants(hit.item.kind); });
    if (wants("postcode")) {
        find_postcodes(call.atlas, *query, hits);
    }
    if (wants("firm")) {
        ICMAP_TRY(find_firms(call, *query, static_cast<std::size_t>(limit), hits));
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.item.label < b.item.label;
    });
    hits.resize(std::min(hits.size(), static_cast<std::size_t>(limit)));
    JsonWriter json;
    write_hits(json, *query, hits);
    return respond_json(json.take());
}

} // namespace icmap::serve
