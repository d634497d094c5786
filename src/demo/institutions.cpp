#include "demo/land.hpp"
#include "demo/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace icmap::demo {
namespace {

constexpr double kUniversityTown = 75000.0; // the smallest town with a university of its own
constexpr double kSecondUniversity = 170000.0;
constexpr double kHospitalTown = 45000.0;
constexpr std::uint32_t kMostGroupMembers = 60;

/// Adds an institution near a point and takes a unit of the nearest postcode sector for it.
void found(Plan& plan, std::string name, std::string kind, std::uint32_t town, PlaneXY near,
           double spread_m, Random& random) {
    Institution one;
    one.name = std::move(name);
    one.kind = std::move(kind);
    one.town = town;
    one.position = uk_land().nearest(
        {near.x_m + spread_m * random.bell(), near.y_m + spread_m * random.bell()});
    const auto sector = nearest_sectors(one.position, settlements()[town].nation, 1).front();
    auto& in_sector = plan.sectors[sector].institutions;
    if (in_sector.size() > kMostGroupMembers) {
        return;
    }
    one.postcode =
        postcode_unit(postcode_sectors()[sector], static_cast<std::uint32_t>(in_sector.size()));
    in_sector.push_back(one.position);
    plan.institutions.push_back(std::move(one));
}

} // namespace

void found_institutions(Plan& plan) {
    Random random(plan.options.seed, 2, 0);
    const auto& all = settlements();
    for (std::uint32_t i = 0; i < all.size() && all[i].population >= kHospitalTown; ++i) {
        const Settlement& town = all[i];
        if (town.feature == "PPLX" || town.feature == "PPLL") {
            continue; // a quarter of a town that has its own
        }
        const double spread_m = 0.25 * town.radius_m;
        if (town.population >= kUniversityTown) {
            found(plan, fmt::format("University of {}", town.name), "university", i, town.centre,
                  spread_m, random);
        }
        if (town.population >= kSecondUniversity) {
            found(plan, fmt::format("{} Metropolitan University", town.name), "university", i,
                  town.centre, spread_m, random);
        }
        found(plan, fmt::format("{} General Hospital", town.name), "hospital", i, town.centre,
              spread_m, random);
    }
    for (const PlantedCluster& cluster : plan.clusters) {
        const std::string& town = all[cluster.town].name;
        if (cluster.type == ClusterType::diverse) {
            found(plan, fmt::format("{} Science Park", town), "science_park", cluster.town,
                  cluster.centre, 150.0, random);
        } else if (cluster.type == ClusterType::collaborating && random.chance(0.6)) {
            const auto& sector = tables().sectors[static_cast<std::size_t>(cluster.sector)];
            found(plan, fmt::format("{} Innovation Centre {}", sector.name, town),
                  "research_organisation", cluster.town, cluster.centre, 300.0, random);
        }
    }
}

} // namespace icmap::demo
