#include "base/embedded.hpp"
#include "publish/table.hpp"
#include "serve/answers.hpp"
#include "serve/finish.hpp"
#include "serve/json_writer.hpp"
#include "serve/routes.hpp"
#include "serve/selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace icmap::api {
/// The texts below docs/api.
[[nodiscard]] std::span<const base::EmbeddedText> texts();
} // namespace icmap::api
namespace icmap::methods {
/// The texts below docs/methods.
[[nodiscard]] std::span<const base::EmbeddedText> texts();
} // namespace icmap::methods

namespace icmap::serve {
namespace {

/// The pages of the methods in the order in which the story of the data goes
/// (docs/life-of-a-firm.md).
constexpr std::array<std::string_view, 12> kStory{"location", "location-projection",
                                                  "linkage",  "rdi-active",
                                                  "sectors",  "clustering",
                                                  "outlines", "names",
                                                  "measures", "types",
                                                  "areas",    "disclosure"};

struct MethodsPage {
    std::string_view slug, text;
};

/// Those that the story knows in its order, then the others by their names.
std::vector<MethodsPage> methods_pages() {
    std::vector<MethodsPage> pages;
    for (const base::EmbeddedText& page : methods::texts()) {
        if (page.path.ends_with(".md")) {
            pages.push_back({page.path.substr(0, page.path.size() - 3), page.text});
        }
    }
    std::stable_sort(pages.begin(), pages.end(), [](const MethodsPage& a, const MethodsPage& b) {
        return std::find(kStory.begin(), kStory.end(), a.slug) <
               std::find(kStory.begin(), kStory.end(), b.slug);
    });
    return pages;
}

void write_sector(JsonWriter& json, const SectorEntry& sector, std::size_t depth) {
    json.begin_object();
    json.member("sector_id", sector.id);
    json.member("slug", sector.slug);
    json.member("name", sector.name);
    json.member("type", sector.type);
    json.member_or_null("parent", sector.parent);
    json.member("depth", depth);
    json.member("is_frontier", sector.is_frontier);
    json.member_or_null("industrial_strategy_parent", sector.industrial_strategy_parent);
    json.member("definition", sector.definition);
    json.member("source", sector.source);
    json.member("firms", sector.firms);
    json.member("sites", sector.sites);
    json.member("clusters", sector.clusters);
    json.member("clustered_sites", sector.clustered_sites);
    json.end_object();
}

/// A cell of a grid over the bounds of the atlas.
struct DensityCell {
    std::size_t sites = 0;
    std::vector<std::uint32_t> firms; ///< of the sites, in any order, some more than once
};

/// Density sites of a sector per cell, row by row from the north-west.
std::vector<DensityCell> fill_cells(const AtlasView& atlas, std::size_t sector,
                                    std::int64_t columns, std::int64_t rows) {
    const Box& bounds = atlas.catalogue.bounds;
    std::vector<DensityCell> cells(static_cast<std::size_t>(columns * rows));
    const SectorSites sites = atlas.sites.sector_sites(sector);
    std::vector<PlaneXY> plane(sites.x_m.size());
    for (std::size_t i = 0; i < plane.size(); ++i) {
        plane[i] = {sites.x_m[i], sites.y_m[i]};
    }
    const auto cell = [](double from, double size, std::int64_t count) {
        const double share = from / std::max(1e-9, size);
        return std::clamp<std::int64_t>(
            static_cast<std::int64_t>(share * static_cast<double>(count)), 0, count - 1);
    };
    const std::vector<LonLat> places = atlas.ground->projection().to_lon_lat(plane);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const LonLat place = places[i];
        if (geo::is_placed(place)) {
            const auto column =
                cell(place.lon - bounds.min_x, bounds.max_x - bounds.min_x, columns);
            const auto row = cell(bounds.max_y - place.lat, bounds.max_y - bounds.min_y, rows);
            DensityCell& filled = cells[static_cast<std::size_t>(row * columns + column)];
            ++filled.sites;
            filled.firms.push_back(sites.firm[i]);
        }
    }
    return cells;
}

/// What is told of a cell. Officially nothing of few firms, and rounded: two grids that differ by a
/// column would tell of single sites.
std::size_t told_sites(DensityCell& cell, bool is_official) {
    if (!is_official) {
        return cell.sites;
    }
    std::sort(cell.firms.begin(), cell.firms.end());
    const auto firms = std::unique(cell.firms.begin(), cell.firms.end()) - cell.firms.begin();
    return static_cast<std::size_t>(firms) < kFewestFirms ? 0 : official_count(cell.sites);
}

/// What every definition says; of a measure more follows.
void write_definition(JsonWriter& json, std::string_view kind, const MeasureEntry& entry) {
    json.member(kind, entry.key);
    json.member("label", entry.label);
    json.member("unit", entry.unit);
    json.member("decimals", entry.decimals);
    json.member("definition", entry.definition);
    json.member("method", entry.method);
    json.member("source", entry.source);
    json.member("group", entry.group);
    json.member("formula", entry.formula);
    json.member("caveat", entry.caveat);
    json.member("better", entry.better.empty() ? "none" : entry.better);
}

/// The first heading of a Markdown text, without its marks.
std::string_view title_of(std::string_view markdown, std::string_view otherwise) {
    const std::size_t start = markdown.find("# ");
    if (start == std::string_view::npos) {
        return otherwise;
    }
    const std::string_view rest = markdown.substr(start + 2);
    return rest.substr(0, rest.find('\n'));
}

} // namespace

Answer get_openapi(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const auto text = base::find_text(api::texts(), "openapi.yaml");
    return respond("application/yaml", std::string(text.value_or("")));
}

Answer get_atlas(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto provenance, publish::provenance(lease.connection()));
    std::string json = call.catalogue().atlas_json;
    // After its own members: whether this server has a base map is not the atlas's to know.
    json.pop_back();
    json += fmt::format(R"(,"data_source":{},"data_licence":{})", json_text(provenance.source),
                        json_text(provenance.licence));
    json += call.atlas.base_map ? R"(,"base_map":"/tiles/base.pmtiles"})" : R"(,"base_map":null})";
    return respond_json(std::move(json));
}

Answer get_sectors(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    JsonWriter json;
    json.begin_object();
    json.key("sectors");
    json.begin_array();
    for (std::size_t i = 0; i < call.catalogue().sectors.size(); ++i) {
        write_sector(json, call.catalogue().sectors[i], call.catalogue().depths[i]);
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_density(Call& call) {
    const Catalogue& catalogue = call.catalogue();
    const auto sector = catalogue.find_sector(call.captured[0]);
    if (!sector) {
        return not_found("There is no sector " + call.captured[0], "/api/sectors lists them");
    }
    ICMAP_ASSIGN(const auto columns, call.parameters.integer("columns", 4, 128, 24));
    ICMAP_TRY(call.parameters.finish());
    const Box& bounds = catalogue.bounds;
    const double width = std::max(1e-9, bounds.max_x - bounds.min_x);
    const double height = std::max(1e-9, bounds.max_y - bounds.min_y);
    const double stretch = std::cos((bounds.min_y + bounds.max_y) / 2.0 * 3.14159265358979 / 180.0);
    const auto rows = std::clamp<std::int64_t>(
        std::llround(static_cast<double>(columns) * height / (width * stretch)), 1, 256);
    std::vector<std::size_t> counts;
    for (DensityCell& cell : fill_cells(call.atlas, *sector, columns, rows)) {
        counts.push_back(told_sites(cell, catalogue.is_official));
    }
    JsonWriter json;
    json.begin_object();
    json.member("sector", catalogue.sectors[*sector].slug);
    json.key("bounds");
    write_box(json, bounds);
    json.member("columns", columns);
    json.member("rows", rows);
    json.key("counts");
    json.begin_array();
    for (const std::size_t count : counts) {
        json.value(count);
    }
    json.end_array();
    json.member("largest", *std::max_element(counts.begin(), counts.end()));
    json.end_object();
    return respond_json(json.take());
}

Answer get_measures(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    JsonWriter json;
    json.begin_object();
    json.key("measures");
    json.begin_array();
    for (const MeasureEntry& measure : call.catalogue().measures) {
        json.begin_object();
        write_definition(json, "measure", measure);
        json.member("coverage_of",
                    measure.coverage_of.empty() ? "enterprises" : measure.coverage_of);
        json.member("available", measure.valued > 0);
        json.member("clusters", measure.valued);
        json.end_object();
    }
    json.end_array();
    json.key("terms");
    json.begin_array();
    for (const MeasureEntry& term : call.catalogue().terms) {
        json.begin_object();
        write_definition(json, "term", term);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

Answer get_sources(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(auto json, json_of(lease.connection(), "sources"));
    return respond_json(std::move(json));
}

Answer get_methods(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    auto lease = call.atlas.sessions().lend();
    ICMAP_SERVE_ASSIGN(const auto parameters, json_of(lease.connection(), "run"));
    JsonWriter json;
    json.begin_object();
    json.member_raw("parameters", parameters.empty() ? "[]" : parameters);
    json.key("pages");
    json.begin_array();
    for (const MethodsPage& page : methods_pages()) {
        json.begin_object();
        json.member("slug", page.slug);
        json.member("title", title_of(page.text, page.slug));
        json.member("markdown", page.text);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return respond_json(json.take());
}

} // namespace icmap::serve
