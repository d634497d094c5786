#include "describe/sector_measures.hpp"

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
#include <vector>

namespace icmap::describe {
namespace {

/// What one enterprise of a sector has in each authority.
struct Plants {
    std::vector<double> sites;
    std::vector<std::uint32_t> region;
};

struct Spread {
    std::vector<double> all_sites; ///< of any sector, by region
    std::map<std::uint16_t, Plants> of_sector;
};

/// The region of each location, numbered by area_id; kNoRegion where no authority is known.
constexpr std::uint32_t kNoRegion = 0xFFFFFFFF;

std::vector<std::uint32_t> regions_of(const RegisterColumns& all, const Ground& ground,
                                      Spread& spread) {
    std::vector<double> sites;
    std::vector<std::uint32_t> authority(all.locations.sites.size(), kNoRegion);
    for (std::size_t i = 0; i < authority.size(); ++i) {
        for (const std::uint32_t area : ground.areas.of(i)) {
            if (ground.is_authority[area] != 0) {
                authority[i] = area;
                sites.resize(std::max(sites.size(), std::size_t{area} + 1), 0.0);
                sites[area] += all.locations.sites[i];
            }
        }
    }
    std::vector<std::uint32_t> number(sites.size(), kNoRegion);
    for (std::size_t area = 0; area < sites.size(); ++area) {
        if (sites[area] > 0.0) {
            number[area] = static_cast<std::uint32_t>(spread.all_sites.size());
            spread.all_sites.push_back(sites[area]);
        }
    }
    for (std::uint32_t& of : authority) {
        of = of == kNoRegion ? kNoRegion : number[of];
    }
    return authority;
}

/// Plants by region, and those of a region by firm, as they come.
void order_by_region(Plants& plants) {
    std::vector<std::uint32_t> rows(plants.region.size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::stable_sort(rows.begin(), rows.end(), [&plants](std::uint32_t a, std::uint32_t b) {
        return plants.region[a] < plants.region[b];
    });
    Plants ordered;
    for (const std::uint32_t row : rows) {
        ordered.sites.push_back(plants.sites[row]);
        ordered.region.push_back(plants.region[row]);
    }
    plants = std::move(ordered);
}

Spread find_spread(const RegisterColumns& all, const Ground& ground) {
    Spread spread;
    const std::vector<std::uint32_t> region_of = regions_of(all, ground, spread);
    std::vector<std::uint32_t> firms;
    std::vector<std::uint32_t> regions;
    for (std::size_t site = 0; site < all.firm_of_site.size(); ++site) {
        const std::uint32_t location = all.location_of_site[site];
        if (location != RegisterColumns::kNowhere && region_of[location] != kNoRegion &&
            all.firm_of_site[site] < all.firms()) {
            firms.push_back(all.firm_of_site[site]);
            regions.push_back(region_of[location]);
        }
    }
    Lists<std::uint32_t> of_firm = lists_of(firms, regions, all.firms());
    for (std::uint32_t firm = 0; firm < all.firms(); ++firm) {
        const std::span<std::uint32_t> own = of_firm.of(firm);
        std::sort(own.begin(), own.end());
        for (std::size_t begin = 0; begin < own.size();) {
            const auto end = std::upper_bound(own.begin(), own.end(), own[begin]) - own.begin();
            for (const std::uint32_t sector : all.sectors.of(firm)) {
                Plants& plants = spread.of_sector[static_cast<std::uint16_t>(sector)];
                plants.sites.push_back(static_cast<double>(static_cast<std::size_t>(end) - begin));
                plants.region.push_back(own[begin]);
            }
            begin = static_cast<std::size_t>(end);
        }
    }
    return spread;
}

} // namespace

SectorMeasures measure_sectors(const RegisterColumns& all, const Ground& ground) {
    Spread spread = find_spread(all, ground);
    SectorMeasures found;
    const auto add = [&](std::uint16_t sector, const char* measure, double value) {
        found.sector.push_back(sector);
        found.measure.emplace_back(measure);
        found.value.push_back(std::isfinite(value) ? value : std::nan(""));
        found.reason.emplace_back(
            std::isfinite(value) ? std::nullopt
                                 : std::optional<std::string>(
                                       "fewer than two local authorities or plants with a site"));
    };
    for (auto& [sector, plants] : spread.of_sector) {
        order_by_region(plants);
        std::vector<double> here(spread.all_sites.size(), 0.0);
        for (std::size_t i = 0; i < plants.sites.size(); ++i) {
            here[plants.region[i]] += plants.sites[i];
        }
        const bool can_tell = here.size() > 1 && plants.sites.size() > 1;
        const auto told = [can_tell](double value) { return can_tell ? value : std::nan(""); };
        add(sector, "ellison_glaeser",
            told(ellison_glaeser(plants.sites, plants.region, spread.all_sites).gamma));
        add(sector, "locational_gini", told(gini_of_quotients(here, spread.all_sites)));
        add(sector, "hoover", told(hoover(here, spread.all_sites)));
    }
    return found;
}

Result<void> write_sector_measures(store::Connection& connection, const SectorMeasures& measures) {
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint16_t>(measures.sector)},
        store::Column{std::span<const std::string>(measures.measure)},
        store::Column{std::span<const double>(measures.value)},
        store::Column{std::span<const std::optional<std::string>>(measures.reason)}};
    return store::append_columns(connection, "main", "sector_measure", columns);
}

} // namespace icmap::describe
