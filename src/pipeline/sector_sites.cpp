#include "pipeline/sector_sites.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace icmap::pipeline {
namespace {

using describe::RegisterColumns;

template <class Visit>
void for_each_standing(const RegisterColumns& all, Visit visit) {
    for (std::uint32_t site = 0; site < all.location_of_site.size(); ++site) {
        if (all.location_of_site[site] != RegisterColumns::kNowhere) {
            for (const std::uint32_t sector : all.sectors.of(all.firm_of_site[site])) {
                visit(site, sector);
            }
        }
    }
}

} // namespace

std::vector<SectorSites> sites_of_sectors(const RegisterColumns& all) {
    std::vector<std::size_t> count;
    for_each_standing(all, [&count](std::uint32_t, std::uint32_t sector) {
        count.resize(std::max(count.size(), std::size_t{sector} + 1), 0);
        ++count[sector];
    });
    std::vector<SectorSites> by_id(count.size());
    for (std::size_t sector = 0; sector < by_id.size(); ++sector) {
        by_id[sector].sector_id = static_cast<std::uint16_t>(sector);
        by_id[sector].site_id.reserve(count[sector]);
        by_id[sector].firm_id.reserve(count[sector]);
        by_id[sector].x_m.reserve(count[sector]);
        by_id[sector].y_m.reserve(count[sector]);
    }
    for_each_standing(all, [&](std::uint32_t site, std::uint32_t sector) {
        SectorSites& sites = by_id[sector];
        const PlaneXY at = all.locations.plane[all.location_of_site[site]];
        sites.site_id.push_back(site);
        sites.firm_id.push_back(all.firm_of_site[site]);
        sites.x_m.push_back(at.x_m);
        sites.y_m.push_back(at.y_m);
    });
    std::erase_if(by_id, [](const SectorSites& sites) { return sites.site_id.empty(); });
    return by_id;
}

} // namespace icmap::pipeline
