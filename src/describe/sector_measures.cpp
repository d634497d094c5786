#include "describe/sector_measures.hpp"

#include "describe/statistics.hpp"
#include "store/bulk_append.hpp"

#include <array>
#include <cmath>
#include <map>
#include <optional>
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

Result<Spread> read_spread(store::Connection& connection) {
    Spread spread;
    std::map<std::uint32_t, std::uint32_t> region_of_area;
    ICMAP_TRY(connection.read("select area_id::uinteger, count(*)::double from site_area join site "
                              "using (site_id) where level = 'lower_tier' and in_density "
                              "group by area_id order by area_id",
                              [&](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      region_of_area.emplace(
                                          chunk.column<std::uint32_t>(0)[i],
                                          static_cast<std::uint32_t>(spread.all_sites.size()));
                                      spread.all_sites.push_back(chunk.column<double>(1)[i]);
                                  }
                              }));
    ICMAP_TRY(connection.read(
        "select fs.sector_id::usmallint, sa.area_id::uinteger, count(*)::double from firm_sector "
        "fs "
        "join site t using (firm_id) join site_area sa using (site_id) "
        "where sa.level = 'lower_tier' and t.in_density "
        "group by fs.sector_id, sa.area_id, fs.firm_id order by fs.sector_id, sa.area_id, "
        "fs.firm_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                Plants& plants = spread.of_sector[chunk.column<std::uint16_t>(0)[i]];
                plants.sites.push_back(chunk.column<double>(2)[i]);
                plants.region.push_back(region_of_area.at(chunk.column<std::uint32_t>(1)[i]));
            }
        }));
    return spread;
}

} // namespace

Result<void> write_sector_measures(store::Connection& connection) {
    ICMAP_ASSIGN(const Spread spread, read_spread(connection));
    std::vector<std::uint16_t> sectors;
    std::vector<std::string> measures;
    std::vector<double> values;
    std::vector<std::optional<std::string>> reasons;
    const auto add = [&](std::uint16_t sector, const char* measure, double value) {
        sectors.push_back(sector);
        measures.emplace_back(measure);
        values.push_back(std::isfinite(value) ? value : std::nan(""));
        reasons.emplace_back(std::isfinite(value)
                                 ? std::nullopt
                                 : std::optional<std::string>(
                                       "fewer than two local authorities or plants with a site"));
    };
    for (const auto& [sector, plants] : spread.of_sector) {
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
    const std::array<store::Column, 4> columns{
        store::Column{std::span<const std::uint16_t>(sectors)},
        store::Column{std::span<const std::string>(measures)},
        store::Column{std::span<const double>(values)},
        store::Column{std::span<const std::optional<std::string>>(reasons)}};
    return store::append_columns(connection, "main", "sector_measure", columns);
}

} // namespace icmap::describe
