#include "serve/catalogue.hpp"

#include "serve/definitions.hpp"
#include "serve/fold.hpp"
#include "serve/parameters.hpp"
#include "serve/queries.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

namespace icmap::serve {
namespace {
using store::Chunk;

Result<void> read_run(store::Connection& session, Catalogue& catalogue) {
    ICMAP_TRY(session.read("select parameter, value from run", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            catalogue.run.emplace(chunk.text(0, i), chunk.text(1, i));
        }
    }));
    ICMAP_ASSIGN(catalogue.atlas_json, json_of(session, "atlas"));
    const auto atlas = nlohmann::json::parse(catalogue.atlas_json);
    catalogue.name = atlas.at("name").get<std::string>();
    catalogue.is_example = atlas.at("is_example").get<bool>();
    catalogue.is_official = atlas.at("disclosure") == "official";
    catalogue.attributions = atlas.at("attributions").get<std::vector<std::string>>();
    if (const auto& sector = atlas.at("default_sector"); sector.is_string()) {
        catalogue.default_sector = sector.get<std::string>();
    }
    const auto bounds = atlas.at("bounds").get<std::array<double, 4>>();
    catalogue.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
    return session.read(
        "select coalesce(min(incorporated)::varchar, '') from firm "
        "where firm_id in (select firm_id from cluster_member)",
        [&](const Chunk& chunk) { catalogue.first_incorporated = chunk.text(0, 0); });
}

/// Puts parents before their children, each tree in one piece, by the order they came in.
void order_sectors(std::vector<SectorEntry> unordered, Catalogue& catalogue) {
    std::vector<bool> placed(unordered.size(), false);
    const std::function<void(const std::string&, std::size_t)> place =
        [&](const std::string& parent, std::size_t depth) {
            for (std::size_t i = 0; i < unordered.size(); ++i) {
                if (!placed[i] && unordered[i].parent == parent) {
                    placed[i] = true;
                    const std::string slug = unordered[i].slug;
                    catalogue.sectors.push_back(std::move(unordered[i]));
                    catalogue.depths.push_back(depth);
                    if (!slug.empty()) {
                        place(slug, depth + 1);
                    }
                }
            }
        };
    place("", 0);
    for (std::size_t i = 0; i < catalogue.sectors.size(); ++i) {
        catalogue.sector_of_slug.emplace(catalogue.sectors[i].slug, i);
        catalogue.sector_of_id.emplace(catalogue.sectors[i].id, i);
    }
}

Result<void> read_sectors(store::Connection& session, Catalogue& catalogue) {
    std::vector<SectorEntry> unordered;
    ICMAP_TRY(read_rows(session, "sectors", [&](const Chunk& chunk) {
        const auto text = [&chunk](std::size_t column, std::size_t i) {
            return std::string(chunk.text(column, i));
        };
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            unordered.push_back(
                {chunk.column<std::uint32_t>(0)[i], text(1, i), text(2, i), text(3, i), text(4, i),
                 chunk.column<bool>(5)[i], text(6, i), text(7, i), text(8, i),
                 chunk.column<std::int64_t>(9)[i], chunk.column<std::int64_t>(10)[i],
                 chunk.column<std::int64_t>(11)[i], chunk.column<std::int64_t>(12)[i]});
        }
    }));
    order_sectors(std::move(unordered), catalogue);
    return {};
}

geo::Geometry read_geometry(std::string_view wkb) {
    auto geometry = geo::Geometry::from_wkb(wkb);
    return geometry ? std::move(*geometry) : geo::Geometry{};
}

Result<void> read_clusters(store::Connection& session, Catalogue& catalogue) {
    ICMAP_TRY(read_rows(session, "clusters", [&](const Chunk& chunk) {
        const auto number = [&chunk](std::size_t column, std::size_t i) {
            return chunk.column<double>(column)[i];
        };
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            ClusterEntry entry;
            entry.id = chunk.column<std::uint32_t>(0)[i];
            entry.sector = catalogue.sector_of_id.at(chunk.column<std::uint32_t>(1)[i]);
            entry.slug = chunk.text(2, i);
            entry.name = chunk.text(3, i);
            entry.type = chunk.text(4, i);
            entry.is_rdi_active = chunk.column<bool>(5)[i];
            entry.site_count = chunk.column<std::uint32_t>(6)[i];
            entry.enterprise_count = chunk.column<std::uint32_t>(7)[i];
            entry.words = fold(entry.name) + ' ' + fold(catalogue.sectors[entry.sector].name);
            for (std::size_t k = 0; k < 3; ++k) {
                entry.authorities[k] = chunk.text(8 + k, i);
                entry.words += ' ' + fold(entry.authorities[k]);
            }
            entry.label = {number(11, i), number(12, i)};
            entry.bounds = {number(13, i), number(14, i), number(15, i), number(16, i)};
            entry.area_km2 = number(17, i);
            entry.extent_km = number(18, i);
            entry.outline = read_geometry(chunk.text(19, i));
            entry.reference = chunk.text(20, i);
            catalogue.cluster_of_slug.emplace(entry.slug, catalogue.clusters.size());
            catalogue.cluster_of_id.emplace(entry.id, catalogue.clusters.size());
            catalogue.clusters.push_back(std::move(entry));
        }
    }));
    return {};
}

/// Codes are unique within a level only (a unitary authority is a lower and an upper tier): gives
/// areas that share one a code with the level before it, and each area its parent.
void name_areas(Catalogue& catalogue) {
    std::vector<AreaEntry>& areas = catalogue.areas;
    std::map<std::string, std::vector<std::size_t>> of_code;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        of_code[areas[i].code].push_back(i);
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto found = of_code.find(areas[i].parent_code);
        if (found == of_code.end()) {
            continue;
        }
        for (const std::size_t other : found->second) {
            // Neither its own parent nor its child's child.
            if (!areas[i].parent && other != i && areas[other].parent != i) {
                areas[i].parent = other;
            }
        }
    }
    for (const auto& [code, sharing] : of_code) {
        catalogue.area_of_code.emplace(code, sharing.front());
        for (const std::size_t i : sharing) {
            const std::string with_level = areas[i].level + ':' + code;
            catalogue.area_of_code.emplace(with_level, i);
            areas[i].code = sharing.size() > 1 ? with_level : code;
        }
    }
    for (AreaEntry& area : areas) {
        if (area.parent) {
            area.parent_code = areas[*area.parent].code;
        } else if (of_code.contains(area.parent_code)) {
            area.parent_code.clear(); // only itself
        }
    }
}

Result<void> read_areas(store::Connection& session, Catalogue& catalogue) {
    ICMAP_TRY(read_rows(session, "areas", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            AreaEntry entry;
            entry.id = chunk.column<std::uint32_t>(0)[i];
            entry.code = chunk.text(1, i);
            entry.name = chunk.text(2, i);
            entry.level = chunk.text(3, i);
            entry.parent_code = chunk.text(4, i);
            if (!chunk.is_null(5, i) && !chunk.is_null(6, i)) {
                entry.label = LonLat{chunk.column<double>(5)[i], chunk.column<double>(6)[i]};
            }
            entry.sites = chunk.column<std::int64_t>(7)[i];
            entry.outline = read_geometry(chunk.text(8, i));
            entry.bounds = entry.outline.bounds();
            entry.level_words = chunk.text(9, i);
            catalogue.area_of_id.emplace(entry.id, catalogue.areas.size());
            catalogue.areas.push_back(std::move(entry));
        }
    }));
    name_areas(catalogue);
    ICMAP_TRY(read_rows(session, "area_names", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            AreaEntry& area =
                catalogue.areas[catalogue.area_of_id.at(chunk.column<std::uint32_t>(0)[i])];
            area.other_names.push_back(
                {std::string(chunk.text(1, i)), std::string(chunk.text(2, i)),
                 std::string(chunk.text(3, i)), std::string(chunk.text(4, i))});
        }
    }));
    return read_rows(session, "area_clusters", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            AreaEntry& area =
                catalogue.areas[catalogue.area_of_id.at(chunk.column<std::uint32_t>(0)[i])];
            area.clusters.push_back({catalogue.cluster_of_id.at(chunk.column<std::uint32_t>(1)[i]),
                                     chunk.column<std::uint32_t>(2)[i]});
        }
    });
}

/// "location_quotient" to "Location quotient": for a measure that has no definition.
std::string label_of(std::string key) {
    std::replace(key.begin(), key.end(), '_', ' ');
    if (!key.empty() && key.front() >= 'a' && key.front() <= 'z') {
        key.front() = static_cast<char>(key.front() - 'a' + 'A');
    }
    return key;
}

Result<void> read_measures(store::Connection& session, Catalogue& catalogue) {
    ICMAP_ASSIGN(catalogue.measures, read_definitions("measures.toml", "measure"));
    ICMAP_ASSIGN(catalogue.terms, read_definitions("terms.toml", "term"));
    std::unordered_map<std::string, std::size_t> index;
    const auto measure_at = [&](const std::string& key) -> MeasureEntry& {
        const auto [found, is_new] = index.emplace(key, catalogue.measures.size());
        if (is_new) {
            catalogue.measures.push_back(
                {key, label_of(key), "", "", "", "", "", "", "", "none", "", 2, {}, 0});
        }
        MeasureEntry& measure = catalogue.measures[found->second];
        if (measure.values.empty()) {
            measure.values.assign(catalogue.clusters.size(),
                                  std::numeric_limits<double>::quiet_NaN());
        }
        return measure;
    };
    for (std::size_t i = 0; i < catalogue.measures.size(); ++i) {
        index.emplace(catalogue.measures[i].key, i);
        measure_at(catalogue.measures[i].key);
    }
    return session.read(
        "select cluster_id, measure, value from cluster_measure order by measure, cluster_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                MeasureEntry& measure = measure_at(std::string(chunk.text(1, i)));
                if (!chunk.is_null(2, i)) {
                    const auto id = chunk.column<std::uint32_t>(0)[i];
                    measure.values[catalogue.cluster_of_id.at(id)] = chunk.column<double>(2)[i];
                    ++measure.valued;
                }
            }
        });
}

Result<void> read_years(store::Connection& session, Catalogue& catalogue) {
    return read_rows(session, "timeline", [&](const Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            catalogue.years.push_back({chunk.column<std::uint32_t>(0)[i],
                                       chunk.column<std::int32_t>(1)[i],
                                       chunk.column<std::uint32_t>(2)[i]});
        }
    });
}

Result<void> read_published(store::Connection& session, Catalogue& catalogue) {
    return session.read(
        "select published_cluster_id, geometry from published_cluster where geometry is not null",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                catalogue.published_outlines.emplace(chunk.column<std::uint32_t>(0)[i],
                                                     read_geometry(chunk.text(1, i)));
            }
        });
}

template <class Map>
std::optional<std::size_t> find_key(const Map& map, const std::string& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

const MeasureEntry* find_entry(const std::vector<MeasureEntry>& entries, std::string_view key) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [key](const MeasureEntry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

template <class Map>
std::optional<std::size_t> find_id(const Map& map, std::string_view key) {
    const auto id = to_integer(key);
    if (!id || *id < 0 || *id > std::numeric_limits<std::uint32_t>::max()) {
        return std::nullopt;
    }
    const auto found = map.find(static_cast<std::uint32_t>(*id));
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

std::optional<std::size_t> Catalogue::find_sector(std::string_view key) const {
    const auto found = find_key(sector_of_slug, std::string(key));
    return found ? found : find_id(sector_of_id, key);
}

std::optional<std::size_t> Catalogue::find_cluster(std::string_view key) const {
    const auto found = find_key(cluster_of_slug, std::string(key));
    return found ? found : find_id(cluster_of_id, key);
}

std::optional<std::size_t> Catalogue::find_area(std::string_view code) const {
    return find_key(area_of_code, std::string(code));
}

const MeasureEntry* Catalogue::find_measure(std::string_view key) const {
    return find_entry(measures, key);
}

const MeasureEntry* Catalogue::find_term(std::string_view key) const {
    return find_entry(terms, key);
}

std::string_view Catalogue::parameter(std::string_view key) const {
    const auto found = run.find(key);
    return found == run.end() ? std::string_view() : std::string_view(found->second);
}

ClusterCounts Catalogue::counts() const {
    ClusterCounts counts{clusters.size(), 0, 0};
    for (const SectorEntry& sector : sectors) {
        counts.sectors_with_clusters += sector.clusters > 0 ? 1U : 0U;
        counts.sectors_with_sites += sector.sites > 0 ? 1U : 0U;
    }
    return counts;
}

std::string Catalogue::attribution() const {
    std::string line;
    for (const std::string& one : attributions) {
        line += (line.empty() ? "" : " · ") + one;
    }
    return line;
}

Result<Catalogue> read_catalogue(store::Connection& session) {
    Catalogue catalogue;
    ICMAP_TRY(read_run(session, catalogue));
    ICMAP_TRY(read_sectors(session, catalogue));
    ICMAP_TRY(read_clusters(session, catalogue));
    ICMAP_TRY(read_areas(session, catalogue));
    ICMAP_TRY(read_measures(session, catalogue));
    ICMAP_TRY(read_years(session, catalogue));
    ICMAP_TRY(read_published(session, catalogue));
    return catalogue;
}

} // namespace icmap::serve
