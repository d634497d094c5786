#include "demo/truth_files.hpp"

#include "demo/national_grid.hpp"
#include "demo/output_file.hpp"
#include "demo/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace icmap::demo {
namespace {

/// Plain firms of the whole country that share the sector's SIC codes: what stands behind the
/// cluster as background.
double expected_background(const Plan& plan, const PlantedSector& sector) {
    const Tables& t = tables();
    static const std::vector<double> kShare = [&t] {
        std::vector<double> share(t.sic.size());
        const auto rows = parse_csv(authored_text("sic.csv"));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            share[i] = std::stod(rows[i][1]) / t.sic_weight.total();
        }
        return share;
    }();
    double sum = 0.0;
    for (const std::size_t sic : sector.sic) {
        sum += kShare[sic];
    }
    return sum * static_cast<double>(plan.options.firms);
}

std::string_view type_name(ClusterType type) {
    switch (type) {
    case ClusterType::specialised:
        return "specialised";
    case ClusterType::collaborating:
        return "collaborating";
    case ClusterType::diverse:
        break;
    }
    return "diverse";
}

} // namespace

Result<void> write_planted_clusters(const std::filesystem::path& directory, const Plan& plan) {
    std::string text = "planted_cluster,sector_slug,sector,sector_kind,basis,type,town,members,"
                       "centre_lon,centre_lat,deviation_m,sic_codes,background_firms\n";
    for (const PlantedCluster& cluster : plan.clusters) {
        const LonLat centre = from_national_grid(cluster.centre);
        Row row(text);
        row.number(cluster.id);
        std::string codes;
        double background = 0.0;
        if (cluster.sector < 0) {
            row.field("diverse").field("RD&I-active firms of any sector").field("").field("active");
        } else {
            const auto& sector = tables().sectors[static_cast<std::size_t>(cluster.sector)];
            row.field(sector.slug).field(sector.name).field(sector.kind);
            row.field(sector.by_words ? "words" : "sic");
            for (const std::size_t sic : sector.sic) {
                codes += (codes.empty() ? "" : ";") + tables().sic[sic].code;
            }
            background = expected_background(plan, sector);
        }
        row.field(type_name(cluster.type)).field(settlements()[cluster.town].name);
        row.number(cluster.members).fixed(centre.lon, 6).fixed(centre.lat, 6);
        row.fixed(cluster.deviation_m, 0).quoted(codes).fixed(background, 0).end();
    }
    return write_file(directory / "truth/planted_clusters.csv", text);
}

Result<void> write_dirt(const std::filesystem::path& directory, std::vector<DirtyRow> dirt) {
    std::ranges::sort(dirt, [](const DirtyRow& a, const DirtyRow& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    std::string text = "file,line,problem,expected,detail\n";
    for (const DirtyRow& one : dirt) {
        Row row(text);
        row.field(one.file).number(one.line).field(one.problem).field(one.expected);
        row.field(one.detail).end();
    }
    return write_file(directory / "truth/dirt.csv", text);
}

} // namespace icmap::demo
