#include "pipeline/sector_sites.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace icmap::pipeline {
namespace {

using describe::RegisterColumns;

/// So many sites are looked at in one go.
constexpr std::size_t kBlock = 65'536;

/// Calls for each site that counts and each of its firm's sectors, in a block of sites.
template <class Visit>
void for_each_standing(const RegisterColumns& all, std::size_t block, Visit visit) {
    const std::size_t end = std::min((block + 1) * kBlock, all.location_of_site.size());
    for (std::size_t site = block * kBlock; site < end; ++site) {
        if (all.location_of_site[site] != RegisterColumns::kNowhere) {
            for (const std::uint32_t sector : all.sectors.of(all.firm_of_site[site])) {
                visit(static_cast<std::uint32_t>(site), sector);
            }
        }
    }
}

/// How many sites of each sector are in each block, then where each block's begin in the sector's.
std::vector<std::vector<std::uint32_t>> count_blocks(const RegisterColumns& all,
                                                     std::size_t sectors) {
    const std::size_t blocks = (all.location_of_site.size() + kBlock - 1) / kBlock;
    std::vector<std::vector<std::uint32_t>> first(blocks + 1,
                                                  std::vector<std::uint32_t>(sectors, 0));
    parallel_for_each(blocks, 1, [&](std::size_t block) {
        for_each_standing(
            all, block,
            [&own = first[block + 1]](std::uint32_t, std::uint32_t sector) { ++own[sector]; });
    });
    for (std::size_t block = 1; block <= blocks; ++block) {
        for (std::size_t sector = 0; sector < sectors; ++sector) {
            first[block][sector] += first[block - 1][sector];
        }
    }
    return first;
}

} // namespace

std::vector<SectorSites> sites_of_sectors(const RegisterColumns& all) {
    const std::vector<std::uint32_t>& named = all.sectors.value;
    const std::size_t sectors =
        named.empty() ? 0 : std::size_t{*std::max_element(named.begin(), named.end())} + 1;
    auto first = count_blocks(all, sectors);
    std::vector<SectorSites> by_id(sectors);
    parallel_for_each(sectors, 1, [&](std::size_t sector) {
        const std::size_t count = first.back()[sector];
        by_id[sector].sector_id = static_cast<std::uint16_t>(sector);
        by_id[sector].site_id.resize(count);
        by_id[sector].firm_id.resize(count);
        by_id[sector].x_m.resize(count);
        by_id[sector].y_m.resize(count);
    });
    parallel_for_each(first.size() - 1, 1, [&](std::size_t block) {
        for_each_standing(
            all, block, [&, next = first[block]](std::uint32_t site, std::uint32_t sector) mutable {
                SectorSites& sites = by_id[sector];
                const std::uint32_t at = next[sector]++;
                const PlaneXY there = all.locations.plane[all.location_of_site[site]];
                sites.site_id[at] = site;
                sites.firm_id[at] = all.firm_of_site[site];
                sites.x_m[at] = there.x_m;
                sites.y_m[at] = there.y_m;
            });
    });
    std::erase_if(by_id, [](const SectorSites& sites) { return sites.site_id.empty(); });
    return by_id;
}

} // namespace icmap::pipeline
