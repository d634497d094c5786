#include "pipeline/sanity.hpp"

#include "base/progress.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace icmap::pipeline {
namespace {

constexpr std::size_t kKindsShown = 4;
constexpr std::size_t kAddressesShown = 10;

bool has_source(const Project& project, std::string_view kind) {
    return std::any_of(project.sources.begin(), project.sources.end(),
                       [kind](const ingest::Source& source) { return source.kind == kind; });
}

} // namespace

Result<std::vector<FaultKind>> fault_kinds(store::Connection& connection,
                                           std::string_view severity) {
    std::vector<FaultKind> kinds;
    const store::Value wanted[] = {severity};
    ICMAP_TRY(connection.read(
        "select code, coalesce(field, ''), count(*)::bigint from reject where severity = $1 "
        "group by all order by 3 desc, 1, 2",
        wanted, [&kinds](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                kinds.push_back({std::string(chunk.text(0, row)), std::string(chunk.text(1, row)),
                                 static_cast<std::uint64_t>(chunk.column<std::int64_t>(2)[row])});
            }
        }));
    return kinds;
}

std::string in_words(std::span<const FaultKind> kinds) {
    std::string text;
    for (const FaultKind& kind : kinds.first(std::min(kKindsShown, kinds.size()))) {
        text += fmt::format("{}{} × {}{}", text.empty() ? "" : ", ", grouped(kind.rows), kind.code,
                            kind.field.empty() ? "" : " in " + kind.field);
    }
    if (kinds.size() > kKindsShown) {
        text +=
            fmt::format(" and {}", counted(kinds.size() - kKindsShown, "more kind", "more kinds"));
    }
    return text;
}

Result<std::vector<std::string>> location_alarms(store::Connection& connection) {
    std::vector<std::string> alarms;
    ICMAP_ASSIGN(const auto firms, connection.integer("select count(*) from firm"));
    ICMAP_ASSIGN(const auto sites, connection.integer("select count(*) from site"));
    ICMAP_ASSIGN(const auto unplaced,
                 connection.integer("select count(*) from site where precision = 'none'"));
    if (firms == 0) {
        alarms.emplace_back("the register is empty: no firm was kept, so there is nothing to "
                            "cluster. Look at the source of kind firms");
    } else if (unplaced > 0 && 2 * unplaced >= sites) {
        const auto all = static_cast<std::uint64_t>(sites);
        alarms.push_back(fmt::format(
            "{} of {} located: the others have no place on the map. Look at the source of kind "
            "postcodes, at the postcodes of the firms, and at what is told of them",
            grouped(static_cast<std::uint64_t>(sites - unplaced)), counted(all, "site")));
    }
    return alarms;
}

std::vector<std::string> missing_source_notes(const Project& project) {
    std::vector<std::string> notes;
    if (!has_source(project, "places")) {
        notes.emplace_back("No source of kind \"places\": clusters cannot be named after towns and "
                           "are called \"Cluster\". Formats: geonames, os-open-names, table");
    }
    if (!has_source(project, "areas")) {
        notes.emplace_back("No source of kind \"areas\": clusters have no local authorities. "
                           "Formats: ons-areas, table");
    }
    return notes;
}

Result<std::vector<std::string>> mass_registration_lines(store::Connection& connection,
                                                         const LocateSettings& settings) {
    std::vector<std::string> lines(1); // the first says how many there are
    std::uint64_t sites = 0;
    std::uint64_t addresses = 0;
    ICMAP_TRY(connection.read(
        "select m.postcode, m.reason, count(s.site_id)::bigint from mass_registration_address m "
        "left join site s on s.postcode = m.postcode and s.is_mass_registration group by all "
        "order by max(m.active_firms) desc, m.postcode",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                const auto here = static_cast<std::uint64_t>(chunk.column<std::int64_t>(2)[row]);
                sites += here;
                if (++addresses <= kAddressesShown) {
                    lines.push_back(fmt::format("  {:<8} {:>7}, {}", chunk.text(0, row),
                                                counted(here, "site"), chunk.text(1, row)));
                }
            }
        }));
    if (addresses == 0) {
        return std::vector<std::string>{};
    }
    lines.front() = fmt::format(
        "{}, {} at {} {}{}",
        counted(addresses, "mass-registration address", "mass-registration addresses"),
        counted(sites, "site"), addresses == 1 ? "it" : "them",
        settings.keep_mass_registration ? "counted all the same (locate.keep_mass_registration)"
                                        : "kept out of the clusters",
        addresses > kAddressesShown ? "; those with most firms:" : ":");
    if (addresses > kAddressesShown) {
        lines.push_back(fmt::format("  and {} more", grouped(addresses - kAddressesShown)));
    }
    return lines;
}

Result<double> sites_across_m(store::Connection& connection) {
    return connection.real("select coalesce(sqrt((max(x_m) - min(x_m)) ** 2 + "
                           "(max(y_m) - min(y_m)) ** 2), 0) from site where in_density");
}

Result<std::string> check_radius(double across_m, const Project& project) {
    if (!project.cluster.eps_m || project.cluster.method == ClusterMethod::hdbscan) {
        return std::string();
    }
    const double eps_m = *project.cluster.eps_m;
    if (across_m == 0.0 || eps_m < across_m) {
        return std::string();
    }
    const std::string what =
        fmt::format("eps_m = {:g} metres is more than all sites of the data lie apart ({:.0f} m): "
                    "every sector is one cluster or none",
                    eps_m, std::ceil(across_m));
    if (eps_m <= *ClusterSettings{}.eps_m) {
        return what + ". Make it smaller";
    }
    Error error;
    error.file = project.file.string();
    error.line = project.cluster.eps_line;
    error.what = what;
    error.field = "cluster.eps_m";
    error.value = fmt::format("{:g}", eps_m);
    error.remedy = "Write a smaller one; the default is 1000";
    return tl::unexpected(std::move(error));
}

} // namespace icmap::pipeline
