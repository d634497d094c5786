#include "serve/bodies.hpp"

#include "base/nearest.hpp"
#include "base/progress.hpp"
#include "serve/catalogue.hpp"
#include "serve/crossing_edges.hpp"
#include "serve/drawn_place.hpp"
#include "serve/parameters.hpp"
#include "serve/selection.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>

namespace icmap::serve {
namespace {
using nlohmann::json;

constexpr int kDeepest = 8; ///< a MultiPolygon in a request has six levels

Checked<json> parse_object(std::string_view body) {
    // Depth is limited while parsing: a body of brackets must not build a tower of values.
    const auto limited = [](int depth, json::parse_event_t, json&) { return depth <= kDeepest; };
    json parsed = json::parse(body, limited, false);
    if (parsed.is_discarded() || !parsed.is_object()) {
        return bad_request(
            "The body must be a JSON object", {}, {},
            "Send Content-Type: application/json and a body as /api/openapi.yaml shows");
    }
    return parsed;
}

Checked<void> refuse_unknown(const json& object, std::span<const std::string_view> known,
                             std::string_view inside) {
    std::vector<std::string> names(known.begin(), known.end());
    for (const auto& [name, value] : object.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            const auto nearest = nearest_word(name, names);
            return bad_request(fmt::format("There is no field {}{}", inside, name),
                               std::string(inside) + name, {},
                               nearest ? fmt::format("Did you mean {}?", *nearest)
                                       : "The fields are " + in_words(known));
        }
    }
    return {};
}

struct Limits {
    double smallest, largest;
};

Checked<double> number(const json& object, const char* name, Limits limits,
                       std::optional<double> otherwise = std::nullopt) {
    const auto found = object.find(name);
    if (found == object.end() && otherwise) {
        return *otherwise;
    }
    const double value =
        found != object.end() && found->is_number() ? found->get<double>() : std::nan("");
    if (!(value >= limits.smallest && value <= limits.largest)) {
        return bad_request(
            fmt::format("{} must be a number from {} to {}", name, limits.smallest, limits.largest),
            name,
            found == object.end() ? ""
                                  : found->dump(-1, ' ', false, json::error_handler_t::replace),
            fmt::format("Send a number from {} to {}", limits.smallest, limits.largest));
    }
    return value;
}

Checked<std::int64_t> whole(const json& object, const char* name, Limits limits, double otherwise) {
    ICMAP_ASSIGN(const double value, number(object, name, limits, otherwise));
    if (value != std::floor(value)) {
        return bad_request(fmt::format("{} must be a whole number", name), name,
                           fmt::format("{}", value), "Leave out the fraction");
    }
    return static_cast<std::int64_t>(value);
}

Checked<std::vector<std::string>> texts(const json& object, const char* name) {
    std::vector<std::string> values;
    const auto found = object.find(name);
    if (found == object.end()) {
        return values;
    }
    bool is_fine = found->is_array();
    for (std::size_t i = 0; is_fine && i < found->size(); ++i) {
        is_fine = (*found)[i].is_string();
        if (is_fine) {
            values.push_back((*found)[i].get<std::string>());
        }
    }
    if (!is_fine) {
        return bad_request(fmt::format("{} must be a list of texts", name), name, {},
                           "Send [\"one\", \"other\"]");
    }
    return values;
}

tl::unexpected<Problem> bad_polygon(std::string detail) {
    return bad_request(std::move(detail), "polygon", {},
                       "Send a GeoJSON Polygon or MultiPolygon in longitude and latitude");
}

Checked<geo::Ring> ring_of(const json& positions, std::size_t& total) {
    geo::Ring ring;
    if (!positions.is_array()) {
        return bad_polygon("A ring of the polygon is not a list of positions");
    }
    for (const json& position : positions) {
        const bool is_pair = position.is_array() && position.size() >= 2 &&
                             position[0].is_number() && position[1].is_number();
        if (!is_pair) {
            return bad_polygon("A position of the polygon is not a pair of numbers");
        }
        const PlaneXY at{position[0].get<double>(), position[1].get<double>()};
        if (!(std::abs(at.x_m) <= 180.0 && std::abs(at.y_m) <= 90.0)) {
            return bad_polygon(
                fmt::format("The position {}, {} is not on the globe", at.x_m, at.y_m));
        }
        ring.push_back(at);
        if (++total > kMostDrawnPositions) {
            return bad_request(
                fmt::format("The polygon has more than {} positions", grouped(kMostDrawnPositions)),
                "polygon", {}, "Simplify it: a hundred positions draw a border well enough");
        }
    }
    return ring;
}

Checked<std::vector<geo::Ring>> rings_of(const json& rings, std::size_t& total) {
    std::vector<geo::Ring> read;
    if (!rings.is_array() || rings.empty()) {
        return bad_polygon("The polygon has no ring");
    }
    for (const json& ring : rings) {
        ICMAP_ASSIGN(auto positions, ring_of(ring, total));
        read.push_back(std::move(positions));
    }
    return read;
}

Checked<geo::Geometry> geometry_of(const json& object) {
    const bool is_object = object.is_object() && object.contains("type") &&
                           object["type"].is_string() && object.contains("coordinates");
    if (!is_object) {
        return bad_polygon("polygon is not a GeoJSON geometry");
    }
    const std::string type = object["type"].get<std::string>();
    const json& coordinates = object["coordinates"];
    const bool is_multi = type == "MultiPolygon" && coordinates.is_array();
    if (type != "Polygon" && !is_multi) {
        return bad_polygon("polygon has the type " + type);
    }
    // Rings of all parts together: edges of two parts may cross, too.
    std::vector<geo::Ring> rings;
    std::vector<std::size_t> part_sizes;
    std::size_t total = 0;
    for (std::size_t i = 0; i < (is_multi ? coordinates.size() : 1); ++i) {
        ICMAP_ASSIGN(auto part, rings_of(is_multi ? coordinates[i] : coordinates, total));
        part_sizes.push_back(part.size());
        std::move(part.begin(), part.end(), std::back_inserter(rings));
    }
    ICMAP_TRY(refuse_crossing(rings));
    std::vector<geo::Geometry> parts;
    std::size_t first = 0;
    for (const std::size_t size : part_sizes) {
        auto part =
            geo::Geometry::polygon(rings[first], std::span(rings).subspan(first + 1, size - 1));
        if (!part) {
            return bad_polygon(part.error().what);
        }
        parts.push_back(std::move(*part));
        first += size;
    }
    return geo::Geometry::collect(parts);
}

/// The member bbox: west, south, east, north.
Checked<std::optional<Box>> box_of(const json& object) {
    const auto found = object.find("bbox");
    if (found == object.end()) {
        return std::optional<Box>();
    }
    std::array<double, 4> edge{};
    bool is_fine = found->is_array() && found->size() == edge.size();
    for (std::size_t i = 0; is_fine && i < edge.size(); ++i) {
        is_fine = (*found)[i].is_number();
        edge[i] = is_fine ? (*found)[i].get<double>() : 0.0;
        is_fine = is_fine && std::abs(edge[i]) <= (i % 2 == 0 ? 180.0 : 90.0);
    }
    if (!is_fine || edge[0] > edge[2] || edge[1] > edge[3]) {
        return bad_request("bbox must be west, south, east and north in degrees", "bbox", {},
                           "Send [-2, 53, -1, 54]");
    }
    return std::optional(Box{edge[0], edge[1], edge[2], edge[3]});
}

} // namespace

Checked<SelectionRequest> parse_selection(std::string_view body) {
    constexpr std::array<std::string_view, 5> kFields{"circle", "polygon", "sector", "sector_type",
                                                      "limit"};
    constexpr std::array<std::string_view, 3> kCircleFields{"lon", "lat", "radius_m"};
    ICMAP_ASSIGN(const json object, parse_object(body));
    ICMAP_TRY(refuse_unknown(object, kFields, ""));
    if (object.contains("circle") == object.contains("polygon")) {
        return bad_request(
            "Exactly one of circle and polygon is needed", "circle", {},
            "Send {\"circle\": {\"lon\": -1.47, \"lat\": 53.38, \"radius_m\": 5000}} or a polygon");
    }
    SelectionRequest request;
    ICMAP_ASSIGN(request.sectors, texts(object, "sector"));
    ICMAP_ASSIGN(request.sector_types, texts(object, "sector_type"));
    for (const std::string& type : request.sector_types) {
        if (std::find(kSectorTypes.begin(), kSectorTypes.end(), type) == kSectorTypes.end()) {
            return bad_request("The type of sectors is not known", "sector_type", type,
                               "Choose from " + in_words(kSectorTypes));
        }
    }
    ICMAP_ASSIGN(request.limit, whole(object, "limit", {1, kMostClustersListed}, kClustersListed));
    if (object.contains("polygon")) {
        ICMAP_ASSIGN(request.polygon, geometry_of(object["polygon"]));
        return request;
    }
    const json& circle = object["circle"];
    if (!circle.is_object()) {
        return bad_request("circle must be an object", "circle", {}, "Send lon, lat and radius_m");
    }
    ICMAP_TRY(refuse_unknown(circle, kCircleFields, "circle."));
    ICMAP_ASSIGN(const double lon, number(circle, "lon", {-180, 180}));
    ICMAP_ASSIGN(const double lat, number(circle, "lat", {-90, 90}));
    ICMAP_ASSIGN(const double radius, number(circle, "radius_m", {1, 500'000}));
    request.circle = Circle{{lon, lat}, radius};
    return request;
}

Checked<ReclusterRequest> parse_recluster(std::string_view body) {
    constexpr std::array<std::string_view, 7> kFields{
        "sector", "method", "eps_m", "min_points", "min_enterprises", "max_extent_km", "bbox"};
    constexpr std::array<std::string_view, 3> kMethods{"dbscan", "hdbscan", "relative"};
    ICMAP_ASSIGN(const json object, parse_object(body));
    ICMAP_TRY(refuse_unknown(object, kFields, ""));
    ReclusterRequest request;
    if (!object.contains("sector") || !object["sector"].is_string()) {
        return bad_request("The sector is missing", "sector", {}, "Send the slug of a sector");
    }
    request.sector = object["sector"].get<std::string>();
    if (object.contains("method")) {
        request.method = object["method"].is_string() ? object["method"].get<std::string>() : "";
        if (std::find(kMethods.begin(), kMethods.end(), request.method) == kMethods.end()) {
            return bad_request("The method is not known", "method", request.method,
                               "Choose " + in_words(kMethods));
        }
    }
    request.has_eps = object.contains("eps_m");
    ICMAP_ASSIGN(request.eps_m, number(object, "eps_m", {50, 50'000}, 1000.0));
    ICMAP_ASSIGN(request.min_points, whole(object, "min_points", {2, 1000}, 10));
    ICMAP_ASSIGN(request.min_enterprises, whole(object, "min_enterprises", {1, 1000}, 10));
    ICMAP_ASSIGN(request.max_extent_km, number(object, "max_extent_km", {0, 1000}, 0.0));
    ICMAP_ASSIGN(request.bbox, box_of(object));
    return request;
}

} // namespace icmap::serve
