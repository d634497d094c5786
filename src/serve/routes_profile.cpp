#include "serve/answers.hpp"
#include "serve/summary.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

/// Geometry for people's screens: five decimals are a metre.
constexpr int kOutlineDecimals = 5;

/// One object out of two.
std::string merge(std::string_view first, std::string_view second) {
    std::string merged(first.substr(0, first.size() - 1));
    if (merged.size() > 1 && second.size() > 2) {
        merged += ',';
    }
    merged += second.substr(1);
    return merged;
}

Checked<std::size_t> cluster_of(const Call& call, std::string_view key) {
    const auto cluster = call.catalogue().find_cluster(key);
    if (!cluster) {
        return not_found(fmt::format("There is no cluster {}", key), "/api/clusters lists them");
    }
    return *cluster;
}

} // namespace

Answer get_cluster(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    ICMAP_ASSIGN(const std::size_t index, cluster_of(call, call.captured[0]));
    const ClusterEntry& cluster = call.catalogue().clusters[index];
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto profile, json_of(lease.connection(), "profile",
                                                   {static_cast<std::int64_t>(cluster.id)}));
    JsonWriter added;
    added.begin_object();
    added.member("summary", summary_of(call.catalogue(), index));
    added.member_raw("geometry", cluster.outline.geojson(kOutlineDecimals));
    added.end_object();
    return respond_json(merge(merge(cluster.reference, profile), added.text()));
}

Answer get_members(Call& call) {
    constexpr std::array<std::string_view, 8> kSorts{"name",         "-name",        "employees",
                                                     "-employees",   "evidence",     "-evidence",
                                                     "incorporated", "-incorporated"};
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_ASSIGN(const std::size_t index, cluster_of(call, call.captured[0]));
    const std::string sort = call.parameters.text("sort").value_or("-evidence");
    if (std::find(kSorts.begin(), kSorts.end(), sort) == kSorts.end()) {
        return bad_request("Members cannot be sorted so", "sort", sort,
                           "Choose from " + in_words(kSorts));
    }
    ICMAP_ASSIGN(const auto limit, call.parameters.integer("limit", 1, 10'000, 100));
    ICMAP_ASSIGN(const auto offset, call.parameters.integer("offset", 0, 1'000'000'000, 0));
    ICMAP_TRY(call.parameters.finish());
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(auto json,
                       json_of(lease.connection(), "members",
                               {static_cast<std::int64_t>(call.catalogue().clusters[index].id),
                                std::string_view(sort), limit, offset}));
    return respond_json(std::move(json));
}

Answer get_firm(Call& call) {
    ICMAP_TRY(refuse_where_withheld(call.catalogue()));
    ICMAP_TRY(call.parameters.finish());
    std::string number = call.captured[0];
    std::transform(number.begin(), number.end(), number.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(auto json, json_of(lease.connection(), "firm", {std::string_view(number)}));
    if (json.empty()) {
        return not_found("There is no firm with the company number " + number,
                         "Look it up by name: /api/search?kind=firm&q=…");
    }
    return respond_json(std::move(json));
}

Answer get_institution(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const auto id = to_integer(call.captured[0]);
    auto lease = call.atlas.sessions().lend();
    std::string json;
    if (id) {
        ICMAP_SERVE_ASSIGN(json, json_of(lease.connection(), "institution", {*id}));
    }
    if (json.empty()) {
        return not_found("There is no institution " + call.captured[0],
                         "Look it up by name: /api/search?kind=institution&q=…");
    }
    return respond_json(std::move(json));
}

} // namespace icmap::serve
