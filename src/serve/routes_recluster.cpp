#include "base/parallel.hpp"
#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "outline/outline.hpp"
#include "serve/answers.hpp"
#include "serve/bodies.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace icmap::serve {
namespace {

/// So many may cluster at once; each takes all cores for some tenths of a second.
constexpr int kMostAtOnce = 2;
std::atomic<int> running{0};

/// A place among those that may cluster at once.
class Turn {
  public:
    Turn() : is_taken_(running.fetch_add(1) < kMostAtOnce) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { running.fetch_sub(1); }
    [[nodiscard]] bool is_taken() const { return is_taken_; }

  private:
    bool is_taken_;
};

/// One cluster found: its members are rows of the sector's sites.
struct Found {
    std::size_t sites = 0;
    std::size_t enterprises = 0;
    std::int32_t label = 0;
};

struct Labelling {
    std::vector<std::int32_t> label;
    std::int32_t cluster_count = 0;
};

Result<Labelling> label_sites(const SectorSites& sites, const ReclusterRequest& request) {
    const cluster::Points points{sites.x_m, sites.y_m, {}};
    const auto min_points = static_cast<std::uint32_t>(request.min_points);
    if (request.method == "hdbscan") {
        cluster::HdbscanOptions options;
        options.min_cluster_size = min_points;
        options.selection_epsilon = Metres{request.has_eps ? request.eps_m : 0.0};
        ICMAP_ASSIGN(auto found, cluster::hdbscan(points, options));
        return Labelling{std::move(found.label), found.cluster_count};
    }
    ICMAP_ASSIGN(auto found, cluster::dbscan(points, {Metres{request.eps_m}, min_points}));
    return Labelling{std::move(found.label), found.cluster_count};
}

/// Clusters with enough enterprises, most sites first; the label of every other is set to noise.
std::vector<Found> keep_large(const SectorSites& sites, std::vector<std::int32_t>& labels,
                              std::int32_t count, std::int64_t min_enterprises) {
    std::vector<std::vector<std::uint32_t>> firms(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] >= 0) {
            firms[static_cast<std::size_t>(labels[i])].push_back(sites.firm[i]);
        }
    }
    std::vector<Found> kept;
    std::vector<std::int32_t> renamed(static_cast<std::size_t>(count), -1);
    for (std::size_t label = 0; label < firms.size(); ++label) {
        auto& members = firms[label];
        const std::size_t site_count = members.size();
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (static_cast<std::int64_t>(members.size()) >= min_enterprises) {
            renamed[label] = static_cast<std::int32_t>(kept.size());
            kept.push_back({site_count, members.size(), renamed[label]});
        }
    }
    for (std::int32_t& label : labels) {
        label = label >= 0 ? renamed[static_cast<std::size_t>(label)] : -1;
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Found& a, const Found& b) { return a.sites > b.sites; });
    return kept;
}

/// The outline settings the atlas was built with, so that live outlines look like published ones.
outline::OutlineOptions outline_options(const Catalogue& catalogue) {
    outline::OutlineOptions options;
    const auto setting = [&](const char* name, double otherwise) {
        return to_number(catalogue.parameter(name)).value_or(otherwise);
    };
    options.snap = Metres{setting("outline.grid_m", options.snap.value)};
    options.buffer = Metres{setting("outline.buffer_m", options.buffer.value)};
    options.ratio = setting("outline.concavity", options.ratio);
    options.simplify = Metres{setting("outline.simplify_m", options.simplify.value)};
    return options;
}

/// What a feature says of its shape.
struct Drawn {
    std::string geojson = "null";
    LonLat label;
    double area_km2 = 0.0;
};

/// Over all threads: the way to degrees takes longer than the outlines.
std::vector<Drawn> draw(std::span<const Found> kept, std::span<const geo::Geometry> outlines,
                        const geo::Projection& projection) {
    std::vector<Drawn> drawn(kept.size());
    parallel_for_each(kept.size(), 1, [&](std::size_t i) {
        const geo::Geometry& plane = outlines[static_cast<std::size_t>(kept[i].label)];
        if (const auto shape = geo::to_lon_lat(plane, projection)) {
            drawn[i].geojson = shape->geojson(5);
        }
        drawn[i].label = projection.to_lon_lat(plane.label_point());
        drawn[i].area_km2 = plane.area_m2() / 1e6;
    });
    return drawn;
}

void write_feature(JsonWriter& json, const Found& found, std::size_t position, const Drawn& drawn) {
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", position);
    json.member_raw("geometry", drawn.geojson);
    json.key("properties");
    json.begin_object();
    json.member("position", position);
    json.member("sites", found.sites);
    json.member("enterprises", found.enterprises);
    json.key("area_km2");
    json.rounded(drawn.area_km2, 3);
    json.key("label");
    write_place(json, drawn.label);
    json.end_object();
    json.end_object();
}

void write_features(JsonWriter& json, std::span<const Found> kept,
                    std::span<const geo::Geometry> outlines, const geo::Projection& projection) {
    const std::vector<Drawn> drawn = draw(kept, outlines, projection);
    json.begin_object();
    json.member("type", "FeatureCollection");
    json.key("features");
    json.begin_array();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        write_feature(json, kept[i], i + 1, drawn[i]);
    }
    json.end_array();
    json.end_object();
}

void write_request(JsonWriter& json, const ReclusterRequest& request) {
    json.key("request");
    json.begin_object();
    json.member("sector", request.sector);
    json.member("method", request.method);
    json.member("eps_m", request.eps_m);
    json.member("min_points", request.min_points);
    json.member("min_enterprises", request.min_enterprises);
    json.end_object();
}

} // namespace

Answer post_recluster(Call& call) {
    // Outlines and counts at any setting, compared, would tell where single firms are.
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(const auto request, parse_recluster(call.request.body));
    const auto sector = call.catalogue().find_sector(request.sector);
    if (!sector) {
        return not_found("There is no sector " + request.sector, "/api/sectors lists them");
    }
    const Turn turn;
    if (!turn.is_taken()) {
        return tl::unexpected(
            Problem{503, "The server is clustering for others", {}, {}, "Ask again in a second"});
    }
    const auto start = std::chrono::steady_clock::now();
    const SectorSites sites = call.atlas.sites.sector_sites(*sector);
    ICMAP_SERVE_ASSIGN(auto labels, label_sites(sites, request));
    const auto kept =
        keep_large(sites, labels.label, labels.cluster_count, request.min_enterprises);
    std::vector<PlaneXY> members(sites.x_m.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        members[i] = {sites.x_m[i], sites.y_m[i]};
    }
    ICMAP_SERVE_ASSIGN(const auto outlines,
                       outline::outlines(members, labels.label, outline_options(call.catalogue()),
                                         &call.atlas.ground->land()));
    const auto clustered = static_cast<std::size_t>(std::count_if(
        labels.label.begin(), labels.label.end(), [](std::int32_t label) { return label >= 0; }));
    JsonWriter json;
    json.begin_object();
    write_request(json, request);
    json.member("sites", members.size());
    json.member("clustered_sites", clustered);
    json.member("noise_sites", members.size() - clustered);
    json.key("clusters");
    write_features(json, kept, outlines, call.atlas.ground->projection());
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    json.key("milliseconds");
    json.rounded(elapsed.count(), 1);
    json.end_object();
    return respond_json(json.take());
}

} // namespace icmap::serve
