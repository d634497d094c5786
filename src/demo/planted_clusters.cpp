#include "demo/land.hpp"
#include "demo/plan.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::demo {
namespace {

// A cluster below this would be at the edge of what ten enterprises within reach can show.
constexpr std::uint32_t kLeastMembers = 15;
constexpr double kPlantedShare = 0.05;
constexpr double kPlantedShareUpTo = 200000.0;
constexpr double kDiverseShare = 0.1;
// Two clusters of one sector nearer than this would be one cluster on the map.
constexpr double kSameSectorApart_m = 15000.0;
// Towns below this many people do not get a cluster by chance.
constexpr double kLeastTown = 20000.0;

struct Size {
    std::uint32_t clusters;
    std::uint64_t members;
};

/// 27 clusters at 10,000 firms, 120 at 200,000, 150 at most; members grow with the square root
/// beyond that, as a larger register adds mostly plain firms.
Size size_of(double firms) {
    const double members = firms <= kPlantedShareUpTo
                               ? kPlantedShare * firms
                               : kPlantedShare * std::sqrt(kPlantedShareUpTo * firms);
    const double clusters =
        std::clamp(std::round(120.0 * std::sqrt(firms / kPlantedShareUpTo)), 20.0, 150.0);
    return {static_cast<std::uint32_t>(clusters), static_cast<std::uint64_t>(members)};
}

bool is_apart(const Plan& plan, int sector, PlaneXY centre) {
    return std::ranges::none_of(plan.clusters, [&](const PlantedCluster& other) {
        // Diverse clusters hold firms of every sector and keep away from all.
        const bool same = other.sector == sector || other.sector < 0 || sector < 0;
        return same && distance2(other.centre, centre) < kSameSectorApart_m * kSameSectorApart_m;
    });
}

/// A town for the next cluster of a sector: its own list first, then by population.
std::uint32_t choose_town(int sector, std::size_t earlier, Random& random) {
    if (sector >= 0) {
        const auto& towns = tables().sectors[static_cast<std::size_t>(sector)].towns;
        if (earlier < towns.size()) {
            const int found = find_settlement(towns[earlier]);
            if (found >= 0) {
                return static_cast<std::uint32_t>(found);
            }
        }
    }
    const auto& all = settlements();
    const auto count = static_cast<std::uint32_t>(
        std::ranges::find_if(all, [](const Settlement& s) { return s.population < kLeastTown; }) -
        all.begin());
    return random.below(count);
}

PlaneXY near_town(std::uint32_t town, Random& random) {
    const Settlement& place = settlements()[town];
    const double reach_m = std::min(0.5 * place.radius_m, 4000.0);
    return uk_land().nearest(
        {place.centre.x_m + reach_m * random.bell(), place.centre.y_m + reach_m * random.bell()});
}

/// Town, centre and spread; false when the country is full for that sector.
bool settle(Plan& plan, PlantedCluster& cluster, Random& random) {
    const auto earlier = static_cast<std::size_t>(
        std::ranges::count(plan.clusters, cluster.sector, &PlantedCluster::sector));
    for (std::size_t attempt = 0; attempt < 60; ++attempt) {
        cluster.town = choose_town(cluster.sector, earlier + attempt, random);
        cluster.centre = near_town(cluster.town, random);
        if (is_apart(plan, cluster.sector, cluster.centre)) {
            return true;
        }
    }
    return false;
}

/// Shares out the members: a few large clusters, many small ones (Pareto with exponent 2).
void size_clusters(Plan& plan, std::uint64_t members, Random& random) {
    std::vector<double> weights;
    double sum = 0.0;
    for (std::size_t i = 0; i < plan.clusters.size(); ++i) {
        weights.push_back(std::min(8.0, 1.0 / std::sqrt(1.0 - random.unit())) - 0.95);
        sum += weights.back();
    }
    const std::uint64_t least = kLeastMembers * plan.clusters.size();
    const double spare = members > least ? static_cast<double>(members - least) : 0.0;
    for (std::size_t i = 0; i < plan.clusters.size(); ++i) {
        PlantedCluster& cluster = plan.clusters[i];
        cluster.members = kLeastMembers + static_cast<std::uint32_t>(spare * weights[i] / sum);
        // Compact enough that the outer members still have company within a kilometre.
        const double most_m = std::min(2000.0, 260.0 + 4.0 * cluster.members);
        cluster.deviation_m = 220.0 + random.unit() * (most_m - 220.0);
    }
}

/// Gives the cluster's postcodes and firms to the postcode sectors around its centre.
void share_over_sectors(Plan& plan, std::uint32_t index) {
    const PlantedCluster& cluster = plan.clusters[index];
    const auto postcodes = std::clamp(cluster.members * 2 / 5, 4U, 240U);
    const std::uint32_t parts = (postcodes + 39) / 40;
    const Nation nation = settlements()[cluster.town].nation;
    const auto near = nearest_sectors(cluster.centre, nation, parts);
    for (std::uint32_t k = 0; k < parts; ++k) {
        const auto slice = [&](std::uint32_t total) {
            return static_cast<std::uint32_t>(std::uint64_t{total} * (k + 1) / parts -
                                              std::uint64_t{total} * k / parts);
        };
        plan.sectors[near[k]].groups.push_back({index, slice(postcodes), slice(cluster.members)});
    }
}

} // namespace

void plant_clusters(Plan& plan) {
    Random random(plan.options.seed, 1, 0);
    const Size size = size_of(static_cast<double>(plan.options.firms));
    for (std::uint32_t i = 0; i < size.clusters; ++i) {
        PlantedCluster cluster;
        cluster.id = i + 1;
        if (random.chance(kDiverseShare)) {
            cluster.type = ClusterType::diverse;
        } else {
            // Every sector once, then by weight, so that a small example still shows variety.
            const std::size_t sector = i < tables().sectors.size() / 2
                                           ? (i * 2 + 1) % tables().sectors.size()
                                           : tables().sector_weight.pick(random);
            cluster.sector = static_cast<int>(sector);
            cluster.type = random.chance(tables().sectors[sector].collaborating)
                               ? ClusterType::collaborating
                               : ClusterType::specialised;
        }
        if (settle(plan, cluster, random)) {
            cluster.id = static_cast<std::uint32_t>(plan.clusters.size()) + 1;
            plan.clusters.push_back(cluster);
        }
    }
    size_clusters(plan, size.members, random);
    for (std::uint32_t i = 0; i < plan.clusters.size(); ++i) {
        share_over_sectors(plan, i);
    }
}

} // namespace icmap::demo
