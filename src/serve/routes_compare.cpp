#include "serve/answers.hpp"

namespace icmap::serve {
namespace {

/// What is compared, by the ids of the atlas, in the order asked: clusters, then areas.
struct Compared {
    std::vector<std::uint32_t> clusters, areas;
    std::vector<std::string> keys; ///< as they were asked for
};

Checked<Compared> read_compared(Call& call) {
    const Catalogue& catalogue = call.catalogue();
    Compared compared;
    for (const std::string& key : call.parameters.list("cluster")) {
        const auto cluster = catalogue.find_cluster(key);
        if (!cluster) {
            return bad_request("There is no such cluster", "cluster", key,
                               "/api/clusters lists them");
        }
        compared.clusters.push_back(catalogue.clusters[*cluster].id);
        compared.keys.push_back(key);
    }
    for (const std::string& code : call.parameters.list("area")) {
        const auto area = catalogue.find_area(code);
        if (!area) {
            return bad_request("There is no such area", "area", code, "/api/areas lists the codes");
        }
        compared.areas.push_back(catalogue.areas[*area].id);
        compared.keys.push_back(code);
    }
    ICMAP_TRY(call.parameters.finish());
    if (compared.keys.size() < 2 || compared.keys.size() > kMostCompared) {
        return bad_request("Two to ten clusters or areas can be compared", "cluster",
                           std::to_string(compared.keys.size()),
                           "Send cluster=SLUG,SLUG or area=CODE,CODE");
    }
    return compared;
}

/// Fills the session's table of the firms that belong to what is compared.
Result<void> fill_compared_firms(store::Connection& session, const Compared& compared) {
    ICMAP_TRY(session.run("truncate compared_firm"));
    std::int64_t place = 0;
    for (const std::uint32_t id : compared.clusters) {
        ICMAP_TRY(session.execute("insert into compared_firm select distinct $1, firm_id from "
                                  "cluster_member where cluster_id = $2",
                                  {place++, static_cast<std::int64_t>(id)}));
    }
    for (const std::uint32_t id : compared.areas) {
        ICMAP_TRY(session.execute("insert into compared_firm select distinct $1, s.firm_id from "
                                  "site_area a join site s using (site_id) where a.area_id = $2",
                                  {place++, static_cast<std::int64_t>(id)}));
    }
    return {};
}

} // namespace

Answer get_area_years(Call& call) {
    const auto area = call.catalogue().find_area(call.captured[0]);
    if (!area) {
        return not_found("There is no area " + call.captured[0], "/api/areas lists the codes");
    }
    ICMAP_TRY(call.parameters.finish());
    const AreaEntry& entry = call.catalogue().areas[*area];
    std::string years;
    if (const AreaYears* sums = call.atlas.area_years()) {
        years = sums->json(entry.id);
    } else if (!call.catalogue().is_official) { // most of the counts of a year are of a few firms
        auto lease = call.atlas.sessions().lend();
        ICMAP_SERVE_ASSIGN(years, json_of(lease.connection(), "area_years",
                                          {static_cast<std::int64_t>(entry.id)}));
    }
    JsonWriter json;
    json.begin_object();
    json.member("code", entry.code);
    json.member_raw("years", years.empty() ? "[]" : years);
    json.end_object();
    return respond_json(json.take());
}

Answer compare_partners(Call& call) {
    ICMAP_ASSIGN(const Compared compared, read_compared(call));
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const bool is_filled,
                       fill_compared_firms(lease.connection(), compared).map([] { return true; }));
    static_cast<void>(is_filled);
    ICMAP_SERVE_ASSIGN(const auto partners, json_of(lease.connection(), "shared_partners"));
    JsonWriter json;
    json.begin_object();
    json.key("compared");
    json.begin_array();
    for (const std::string& key : compared.keys) {
        json.value(key);
    }
    json.end_array();
    json.member_raw("partners", partners);
    json.end_object();
    return respond_json(json.take());
}

} // namespace icmap::serve
