#include "base/parallel.hpp"
#include "outline/outline.hpp"
#include "serve/answers.hpp"
#include "serve/bodies.hpp"
#include "serve/recluster.hpp"
#include "serve/turn.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace icmap::serve {
namespace {

/// One cluster found: its members are rows of the sector's sites.
struct Found {
    std::size_t sites = 0;
    std::size_t enterprises = 0;
    std::int32_t label = 0;
};

/// The clusters of a labelling, most sites first. Those outside the box that was asked for are
/// counted but not drawn: their label is set to noise.
std::vector<Found> find_clusters(const SectorSites& sites, std::span<std::int32_t> labels,
                                 std::size_t count, const std::optional<Box>& view) {
    std::vector<std::vector<std::uint32_t>> firms(count);
    std::vector<std::uint8_t> is_seen(count, view ? 0 : 1);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] >= 0) {
            const auto label = static_cast<std::size_t>(labels[i]);
            firms[label].push_back(sites.firm[i]);
            if (view && view->contains(sites.x_m[i], sites.y_m[i])) {
                is_seen[label] = 1;
            }
        }
    }
    std::vector<Found> found;
    for (std::size_t label = 0; label < count; ++label) {
        auto& members = firms[label];
        const std::size_t site_count = members.size();
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (is_seen[label] != 0) {
            found.push_back({site_count, members.size(), static_cast<std::int32_t>(label)});
        }
    }
    for (std::int32_t& label : labels) {
        label = label >= 0 && is_seen[static_cast<std::size_t>(label)] != 0 ? label : -1;
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.sites > b.sites; });
    return found;
}

/// A box of degrees with a corner every so often along its sides: in the plane they are bent.
geo::Geometry outlined(const Box& box) {
    constexpr int kSteps = 32; ///< of a side; over 15 degrees a step's bend is some 30 m
    const std::array<PlaneXY, 4> corners{{{box.min_x, box.min_y},
                                          {box.max_x, box.min_y},
                                          {box.max_x, box.max_y},
                                          {box.min_x, box.max_y}}};
    geo::Ring ring;
    for (std::size_t side = 0; side < corners.size(); ++side) {
        const PlaneXY from = corners[side];
        const PlaneXY to = corners[(side + 1) % corners.size()];
        for (int i = 0; i < kSteps; ++i) {
            const double share = static_cast<double>(i) / kSteps;
            ring.push_back(
                {std::lerp(from.x_m, to.x_m, share), std::lerp(from.y_m, to.y_m, share)});
        }
    }
    ring.push_back(corners.front());
    return geo::Geometry::polygon(ring, {}).value_or(geo::Geometry::box(box));
}

/// The box in the plane that the view asked for reaches into, wider by what an outline stands off.
std::optional<Box> plane_view(const ReclusterRequest& request, const geo::Projection& projection,
                              Metres reach) {
    if (!request.bbox) {
        return std::nullopt;
    }
    const auto plane = geo::to_plane(outlined(*request.bbox), projection);
    if (!plane || plane->is_empty()) {
        return std::nullopt;
    }
    const Box box = plane->bounds();
    return Box{box.min_x - reach.value, box.min_y - reach.value, box.max_x + reach.value,
               box.max_y + reach.value};
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
    json.member("max_extent_km", request.max_extent_km);
    if (request.bbox) {
        json.key("bbox");
        write_box(json, *request.bbox);
    }
    json.end_object();
}

/// A sector clustered anew, and what of it is drawn.
struct Clustered {
    std::size_t sites = 0;
    std::size_t clustered_sites = 0;
    std::int32_t cluster_count = 0;
    std::vector<Found> kept;
    std::vector<geo::Geometry> outlines; ///< by label
};

Result<Clustered> cluster_anew(Call& call, const ReclusterRequest& request, std::size_t sector) {
    const Deadline deadline = call.atlas.deadline();
    const SectorSites sites = call.atlas.sites.sector_sites(sector);
    ICMAP_ASSIGN(auto labels,
                 label_sites(sites, request, call.atlas.sites, *call.atlas.backgrounds, deadline));
    Clustered made;
    made.sites = sites.x_m.size();
    made.cluster_count = labels.cluster_count;
    made.clustered_sites = static_cast<std::size_t>(std::count_if(
        labels.label.begin(), labels.label.end(), [](std::int32_t label) { return label >= 0; }));
    const outline::OutlineOptions options = outline_options(call.catalogue());
    made.kept = find_clusters(
        sites, labels.label, static_cast<std::size_t>(labels.cluster_count),
        plane_view(request, call.atlas.ground->projection(), outline::reach_of(options)));
    std::vector<PlaneXY> members(made.sites);
    for (std::size_t i = 0; i < members.size(); ++i) {
        members[i] = {sites.x_m[i], sites.y_m[i]};
    }
    ICMAP_ASSIGN(made.outlines, outline::outlines(members, labels.label, options,
                                                  &call.atlas.ground->land(), deadline));
    return made;
}

/// Why a sector could not be clustered.
Problem problem_of(const Error& error) {
    if (error.kind == ErrorKind::stopped) {
        return {
            503,
            "Clustering took longer than the server allows",
            {},
            {},
            "Choose a sector with fewer sites or the method dbscan, send the bbox of the map in "
            "view, or ask again when the server is less busy"};
    }
    return to_problem(error);
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
    const Turn turn(recluster_turns(), kMostReclusteredAtOnce);
    if (!turn.is_taken()) {
        return tl::unexpected(
            Problem{503, "The server is clustering for others", {}, {}, "Ask again in a second"});
    }
    const auto start = std::chrono::steady_clock::now();
    const auto made = cluster_anew(call, request, *sector);
    if (!made) {
        return tl::unexpected(problem_of(made.error()));
    }
    JsonWriter json;
    json.begin_object();
    write_request(json, request);
    json.member("sites", made->sites);
    json.member("clustered_sites", made->clustered_sites);
    json.member("noise_sites", made->sites - made->clustered_sites);
    json.member("cluster_count", made->cluster_count);
    json.key("clusters");
    write_features(json, made->kept, made->outlines, call.atlas.ground->projection());
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    json.key("milliseconds");
    json.rounded(elapsed.count(), 1);
    json.end_object();
    return respond_json(json.take());
}

} // namespace icmap::serve
