#include "serve/selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

namespace icmap::serve {
namespace {

void write_share(JsonWriter& json, std::string_view name, std::size_t part, std::size_t whole) {
    json.key(name);
    if (whole == 0) {
        json.null();
    } else {
        json.value(static_cast<double>(part) / static_cast<double>(whole));
    }
}

/// Jobs under official disclosure: not of a circle drawn at will, nor of a few firms, nor where one
/// firm has most of them.
bool are_jobs_withheld(const SelectionSubject& subject) {
    const Inside& inside = subject.inside;
    return !subject.area || inside.reporting < kFewestFirms ||
           static_cast<double>(inside.largest_employees) >
               publish::kDominantShare * static_cast<double>(inside.employees);
}

void write_totals(JsonWriter& json, const SelectionSubject& subject, bool is_official,
                  bool is_withheld) {
    static const Inside nothing;
    const Inside& inside = is_withheld ? nothing : subject.inside;
    const auto told = [is_official](std::size_t count) {
        return is_official ? official_count(count) : count;
    };
    json.key("totals");
    json.begin_object();
    json.member("sites", told(inside.sites));
    json.member("firms", told(inside.firms));
    json.member("rdi_active_firms", told(inside.rdi_active_firms));
    write_share(json, "rdi_active_share", told(inside.rdi_active_firms), told(inside.firms));
    json.key("employees");
    if (inside.reporting == 0 || (is_official && are_jobs_withheld(subject))) {
        json.null();
    } else {
        json.value(is_official ? (inside.employees + 5) / 10 * 10 : inside.employees);
    }
    write_share(json, "employees_coverage", told(inside.reporting), told(inside.offices));
    json.member("institutions", subject.institutions);
    json.member("area_km2", subject.area_km2);
    json.end_object();
}

/// Clusters with a site inside, of the sectors chosen, by id.
std::vector<std::size_t> touched_clusters(const Catalogue& catalogue, const Inside& inside,
                                          const SectorChoice& sectors) {
    std::vector<std::size_t> touched;
    for (std::size_t i = 0; i < inside.cluster_sites.size(); ++i) {
        if (inside.cluster_sites[i] > 0 && sectors.has(catalogue.clusters[i].sector)) {
            touched.push_back(i);
        }
    }
    return touched;
}

void write_clusters(JsonWriter& json, const Catalogue& catalogue, const Inside& inside,
                    std::vector<std::size_t> touched, std::size_t limit) {
    const auto told = [&](std::size_t i) {
        return catalogue.is_official ? official_count(inside.cluster_sites[i])
                                     : std::size_t{inside.cluster_sites[i]};
    };
    const auto share = [&](std::size_t i) {
        return static_cast<double>(told(i)) /
               std::max(1.0, static_cast<double>(catalogue.clusters[i].site_count));
    };
    json.member("number_matched", touched.size());
    json.key("cluster_ids");
    json.begin_array();
    for (const std::size_t i : touched) {
        json.value(catalogue.clusters[i].id);
    }
    json.end_array();
    const auto shown = std::min(limit, touched.size());
    std::ranges::partial_sort(touched, touched.begin() + static_cast<std::ptrdiff_t>(shown),
                              [&](std::size_t a, std::size_t b) {
                                  const auto key = [&](std::size_t i) {
                                      return std::tuple(
                                          -share(i),
                                          -std::int64_t{catalogue.clusters[i].enterprise_count}, i);
                                  };
                                  return key(a) < key(b);
                              });
    json.key("clusters");
    json.begin_array();
    for (const std::size_t i : std::span(touched).first(shown)) {
        json.begin_object();
        json.member_raw("cluster", catalogue.clusters[i].reference);
        json.member("sites_inside", told(i));
        json.member("share_of_sites", std::min(1.0, share(i)));
        json.end_object();
    }
    json.end_array();
}

void write_quotients(JsonWriter& json, const AtlasView& atlas, const Inside& inside,
                     const SectorChoice& sectors) {
    const Catalogue& catalogue = atlas.catalogue;
    std::vector<std::pair<Quotient, std::size_t>> found;
    const std::size_t fewest = catalogue.is_official ? kFewestFirms : 1;
    const auto told = [&](std::size_t count) {
        return catalogue.is_official ? official_count(count) : count;
    };
    // Shares and quotients are of the counts told, or they would give the exact ones away.
    const auto here_all = static_cast<double>(told(inside.density_sites));
    for (std::size_t i = 0; i < inside.sector_firms.size(); ++i) {
        // Of few sites a count of none would be told, and a share of nought.
        const bool has_enough = inside.sector_firms[i] >= fewest &&
                                (!catalogue.is_official || inside.sector_sites[i] >= fewest);
        if (has_enough && sectors.has(i)) {
            found.emplace_back(location_quotient(static_cast<double>(told(inside.sector_sites[i])),
                                                 here_all,
                                                 static_cast<double>(atlas.sites.density_sites(i)),
                                                 static_cast<double>(atlas.sites.density_sites())),
                               i);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        const auto order = [](double value) { return std::isnan(value) ? -1.0 : value; };
        return order(a.first.value) > order(b.first.value);
    });
    json.key("sectors");
    json.begin_array();
    for (const auto& [quotient, i] : found) {
        json.begin_object();
        json.key("sector");
        write_sector_reference(json, catalogue.sectors[i]);
        json.member("firms", told(inside.sector_firms[i]));
        json.member("sites", told(inside.sector_sites[i]));
        const auto of = [](double part, double whole) { return whole > 0.0 ? part / whole : 0.0; };
        json.member("share_here", of(static_cast<double>(told(inside.sector_sites[i])), here_all));
        json.member("share_all", of(static_cast<double>(atlas.sites.density_sites(i)),
                                    static_cast<double>(atlas.sites.density_sites())));
        json.member("location_quotient", quotient.value);
        json.member("low", quotient.low);
        json.member("high", quotient.high);
        json.end_object();
    }
    json.end_array();
}

void write_relatives(JsonWriter& json, const Catalogue& catalogue, std::size_t area) {
    json.key("parents");
    json.begin_array();
    auto parent = catalogue.areas[area].parent;
    // A chain longer than this is a circle in the data.
    for (int depth = 0; parent && depth < 8; ++depth) {
        write_area_reference(json, catalogue.areas[*parent]);
        parent = catalogue.areas[*parent].parent;
    }
    json.end_array();
    json.key("children");
    json.begin_array();
    for (const AreaEntry& other : catalogue.areas) {
        if (other.parent == area) {
            json.begin_object();
            write_area_members(json, other);
            json.member("sites", other.sites);
            json.end_object();
        }
    }
    json.end_array();
}

} // namespace

std::size_t official_count(std::size_t count) {
    return count < kFewestFirms ? 0 : (count + 2) / 5 * 5;
}

Quotient location_quotient(double here, double here_all, double everywhere, double everywhere_all) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    constexpr double kNormal95 = 1.959963984540054;
    if (here_all <= 0.0 || everywhere <= 0.0 || everywhere_all <= 0.0) {
        return {kNone, kNone, kNone};
    }
    const double value = here / here_all / (everywhere / everywhere_all);
    if (here <= 0.0) {
        return {value, kNone, kNone};
    }
    const double variance = 1.0 / here - 1.0 / here_all + 1.0 / everywhere - 1.0 / everywhere_all;
    const double factor = std::exp(kNormal95 * std::sqrt(std::max(0.0, variance)));
    return {value, value / factor, value * factor};
}

void write_area(JsonWriter& json, const AreaEntry& area) {
    json.begin_object();
    json.member("area_id", area.id);
    write_area_members(json, area);
    json.key("other_names");
    json.begin_array();
    for (const AreaName& other : area.other_names) {
        json.begin_object();
        json.member("name", other.name);
        json.member("kind", other.kind);
        json.member_or_null("day", other.day);
        json.member("source", other.source);
        json.end_object();
    }
    json.end_array();
    json.member_or_null("parent_code", area.parent_code);
    json.key("label");
    if (area.label) {
        write_place(json, *area.label);
    } else {
        json.null();
    }
    json.key("bbox");
    write_box(json, area.bounds);
    json.member("sites", area.sites); // rounded in sql/serve/areas.sql
    json.member("clusters", area.clusters.size());
    json.end_object();
}

std::string selection_json(const AtlasView& atlas, const SelectionSubject& subject,
                           const SectorChoice& sectors) {
    const Catalogue& catalogue = atlas.catalogue;
    const bool is_withheld = catalogue.is_official && subject.inside.firms < kFewestFirms;
    JsonWriter json;
    json.begin_object();
    json.key("area");
    if (subject.area) {
        write_area(json, catalogue.areas[*subject.area]);
        write_relatives(json, catalogue, *subject.area);
    } else {
        json.null();
    }
    json.key("bbox");
    write_box(json, subject.bounds);
    write_totals(json, subject, catalogue.is_official, is_withheld);
    if (is_withheld) {
        write_clusters(json, catalogue, subject.inside, {}, 0);
        json.member_raw("sectors", "[]");
    } else {
        write_clusters(json, catalogue, subject.inside,
                       touched_clusters(catalogue, subject.inside, sectors), subject.limit);
        write_quotients(json, atlas, subject.inside, sectors);
    }
    json.member("withheld", is_withheld);
    json.end_object();
    return json.take();
}

} // namespace icmap::serve
