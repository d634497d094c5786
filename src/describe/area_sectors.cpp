#include "describe/area_sectors.hpp"

#include "describe/statistics.hpp"
#include "store/bulk_append.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

std::size_t beyond_last(std::span<const std::uint32_t> ids) {
    return ids.empty() ? 0 : std::size_t{*std::ranges::max_element(ids)} + 1;
}

/// Sites of one enterprise that lie in one area.
using InArea = std::pair<std::uint32_t, std::uint32_t>; ///< area_id, sites

/// The areas of a firm's locations, each with the number of sites there.
void gather_areas(const Ground& ground, std::span<const std::uint32_t> locations,
                  std::vector<InArea>& found) {
    found.clear();
    for (const std::uint32_t location : locations) {
        for (const std::uint32_t area : ground.areas.of(location)) {
            const auto same = std::ranges::find(found, area, &InArea::first);
            if (same == found.end()) {
                found.emplace_back(area, 1);
            } else {
                ++same->second;
            }
        }
    }
}

/// Sectors of one type, which are compared with each other.
struct Family {
    std::vector<std::uint32_t> sectors; ///< ids, ascending
    std::vector<double> related;        ///< a square matrix
};

struct Tree {
    std::map<std::string, Family> family; ///< by type
    std::map<std::uint32_t, std::uint32_t> parent;

    [[nodiscard]] bool is_above(std::uint32_t above, std::uint32_t below) const {
        // Sectors that are each other's parent must come to an end.
        for (std::size_t depth = 0; depth <= parent.size(); ++depth) {
            const auto found = parent.find(below);
            if (found == parent.end()) {
                return false;
            }
            below = found->second;
            if (below == above) {
                return true;
            }
        }
        return false;
    }
};

Result<Tree> read_tree(store::Connection& connection, std::size_t sectors) {
    Tree tree;
    ICMAP_TRY(connection.read(
        "select sector_id::uinteger, type, parent_id::uinteger from sector order by sector_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint32_t id = chunk.column<std::uint32_t>(0)[i];
                if (id < sectors) { // others have no firm
                    tree.family[std::string(chunk.text(1, i))].sectors.push_back(id);
                }
                if (!chunk.is_null(2, i)) {
                    tree.parent.emplace(id, chunk.column<std::uint32_t>(2)[i]);
                }
            }
        }));
    return tree;
}

void relate(const AreaSectors& counts, const Tree& tree, Family& family) {
    const std::size_t n = family.sectors.size();
    std::vector<std::uint8_t> presence;
    for (std::size_t area = 0; area < counts.areas; ++area) {
        if (counts.is_authority[area] != 0) {
            for (const std::uint32_t sector : family.sectors) {
                presence.push_back(counts.is_at_home(area, sector) ? 1 : 0);
            }
        }
    }
    family.related = relatedness(presence, n, Relatedness::cosine);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (tree.is_above(family.sectors[i], family.sectors[j]) ||
                tree.is_above(family.sectors[j], family.sectors[i])) {
                family.related[i * n + j] = 0.0;
            }
        }
    }
}

Result<void> write_relations(store::Connection& connection, const Tree& tree) {
    std::vector<std::uint16_t> sector, position, related;
    std::vector<double> value;
    std::vector<std::size_t> order;
    for (const auto& [type, family] : tree.family) {
        const std::size_t n = family.sectors.size();
        for (std::size_t i = 0; i < n; ++i) {
            const auto row = std::span(family.related).subspan(i * n, n);
            order.resize(n);
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::ranges::stable_sort(order, std::ranges::greater{},
                                     [&row](std::size_t j) { return row[j]; });
            for (std::size_t k = 0; k < std::min(n, kRelatedTold) && row[order[k]] > 0.0; ++k) {
                sector.push_back(static_cast<std::uint16_t>(family.sectors[i]));
                position.push_back(static_cast<std::uint16_t>(k + 1));
                related.push_back(static_cast<std::uint16_t>(family.sectors[order[k]]));
                value.push_back(row[order[k]]);
            }
        }
    }
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint16_t>(sector)},
        store::Column{std::span<const std::uint16_t>(position)},
        store::Column{std::span<const std::uint16_t>(related)},
        store::Column{std::span<const double>(value)}};
    return store::append_columns(connection, "main", "sector_relation", columns);
}

/// \returns by area and sector; NaN: nothing is related to it
std::vector<double> densities(const AreaSectors& counts, const Tree& tree) {
    std::vector<double> density(counts.areas * counts.sectors, std::nan(""));
    std::vector<std::uint8_t> place;
    for (const auto& [type, family] : tree.family) {
        for (std::size_t area = 0; area < counts.areas; ++area) {
            if (counts.area_sites[area] == 0.0) {
                continue;
            }
            place.clear();
            for (const std::uint32_t sector : family.sectors) {
                place.push_back(counts.is_at_home(area, sector) ? 1 : 0);
            }
            const std::vector<double> here = relatedness_density(family.related, place);
            for (std::size_t i = 0; i < here.size(); ++i) {
                density[counts.at(area, family.sectors[i])] = here[i];
            }
        }
    }
    return density;
}

Result<void> write_areas(store::Connection& connection, const AreaSectors& counts,
                         const Tree& tree) {
    const std::vector<double> density = densities(counts, tree);
    std::vector<std::uint32_t> areas, enterprises, sites;
    std::vector<std::uint16_t> sectors;
    std::vector<double> quotients, densities_told;
    for (std::size_t area = 0; area < counts.areas; ++area) {
        for (std::size_t sector = 0; sector < counts.sectors; ++sector) {
            const std::size_t at = counts.at(area, sector);
            if (counts.area_sites[area] > 0.0 && counts.sector_sites[sector] > 0.0) {
                areas.push_back(static_cast<std::uint32_t>(area));
                sectors.push_back(static_cast<std::uint16_t>(sector));
                enterprises.push_back(counts.enterprises[at]);
                sites.push_back(counts.sites[at]);
                quotients.push_back(counts.quotient(area, sector));
                densities_told.push_back(density[at]);
            }
        }
    }
    const std::array<store::Column, 6> columns{
        store::Column{std::span<const std::uint32_t>(areas)},
        store::Column{std::span<const std::uint16_t>(sectors)},
        store::Column{std::span<const std::uint32_t>(enterprises)},
        store::Column{std::span<const std::uint32_t>(sites)},
        store::Column{std::span<const double>(quotients)},
        store::Column{std::span<const double>(densities_told)}};
    return store::append_columns(connection, "main", "area_sector", columns);
}

} // namespace

double AreaSectors::quotient(std::size_t area, std::size_t sector) const {
    return location_quotient(sites[at(area, sector)], area_sites[area], sector_sites[sector],
                             all_sites);
}

bool AreaSectors::is_at_home(std::size_t area, std::size_t sector) const {
    return enterprises[at(area, sector)] >= kFewestAtHome && quotient(area, sector) >= 1.0;
}

AreaSectors count_area_sectors(const RegisterColumns& all, const Ground& ground) {
    AreaSectors counts;
    counts.is_authority = ground.is_authority;
    counts.areas = beyond_last(ground.areas.value);
    counts.sectors = beyond_last(all.sectors.value);
    counts.enterprises.assign(counts.areas * counts.sectors, 0);
    counts.sites.assign(counts.areas * counts.sectors, 0);
    counts.area_sites.assign(counts.areas, 0.0);
    counts.sector_sites.assign(counts.sectors, 0.0);
    std::vector<std::uint32_t> firms;
    std::vector<std::uint32_t> locations;
    for (std::size_t site = 0; site < all.firm_of_site.size(); ++site) {
        if (all.location_of_site[site] != RegisterColumns::kNowhere &&
            all.firm_of_site[site] < all.firms()) {
            firms.push_back(all.firm_of_site[site]);
            locations.push_back(all.location_of_site[site]);
        }
    }
    const Lists<std::uint32_t> of_firm = lists_of(firms, locations, all.firms());
    std::vector<InArea> areas;
    for (std::size_t firm = 0; firm < all.firms(); ++firm) {
        gather_areas(ground, of_firm.of(firm), areas);
        counts.all_sites += static_cast<double>(of_firm.of(firm).size());
        for (const auto& [area, sites] : areas) {
            counts.area_sites[area] += sites;
        }
        for (const std::uint32_t sector : all.sectors.of(firm)) {
            counts.sector_sites[sector] += static_cast<double>(of_firm.of(firm).size());
            for (const auto& [area, sites] : areas) {
                ++counts.enterprises[counts.at(area, sector)];
                counts.sites[counts.at(area, sector)] += sites;
            }
        }
    }
    return counts;
}

Result<void> write_area_sectors(store::Connection& connection, const AreaSectors& counts) {
    ICMAP_ASSIGN(Tree tree, read_tree(connection, counts.sectors));
    for (auto& [type, family] : tree.family) {
        relate(counts, tree, family);
    }
    ICMAP_TRY(write_relations(connection, tree));
    return write_areas(connection, counts, tree);
}

} // namespace icmap::describe
