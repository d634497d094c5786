#include "demo/plan.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::demo {
namespace {

// Firms to a live background postcode, before the cap of a sector's unit codes: the register has
// about 4.4 firms to each postcode that has any, and one postcode in four has none.
constexpr double kFirmsPerPostcode = 3.4;
// The directory carries about one terminated postcode to three live ones.
constexpr double kTerminatedShare = 0.3;
// Share of all firms that sit at formation agents' addresses.
constexpr double kMassShare = 0.03;
// An address of fewer firms would not be a mass-registration address by the engine's default.
constexpr std::uint32_t kLeastMassFirms = 540;

/// Puts formation agents in the busiest sectors, the largest in London.
std::uint64_t place_mass_addresses(Plan& plan) {
    auto left = static_cast<std::uint64_t>(kMassShare * static_cast<double>(plan.options.firms));
    left = std::max<std::uint64_t>(left, kLeastMassFirms);
    std::vector<std::uint32_t> order(postcode_sectors().size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(order, [](std::uint32_t a, std::uint32_t b) {
        return postcode_sectors()[a].weight > postcode_sectors()[b].weight;
    });
    std::uint64_t placed = 0;
    Random random(plan.options.seed, 11, 0);
    for (std::size_t k = 0; k < 30 && left >= kLeastMassFirms; ++k) {
        const std::uint64_t most = std::max<std::uint64_t>(left / 3, kLeastMassFirms);
        // Never within reach of one another, so that each is an address of its own.
        plan.sectors[order[k * 7 + random.below(7)]].mass_firms = static_cast<std::uint32_t>(most);
        placed += most;
        left -= most;
    }
    return placed;
}

/// Shares the background firms out in proportion to the sectors' weights, exactly.
void share_out_background(Plan& plan, std::uint64_t firms) {
    const auto& sectors = postcode_sectors();
    double total = 0.0;
    for (const PostcodeSector& sector : sectors) {
        total += sector.weight;
    }
    double running = 0.0;
    std::uint64_t given = 0;
    for (std::size_t i = 0; i < sectors.size(); ++i) {
        running += sectors[i].weight;
        const bool is_last = i + 1 == sectors.size();
        const auto upto = is_last ? firms
                                  : static_cast<std::uint64_t>(
                                        std::floor(static_cast<double>(firms) * running / total));
        plan.sectors[i].background_firms = static_cast<std::uint32_t>(upto - given);
        given = upto;
    }
}

/// \param owed terminated postcodes that rounding has left out so far
void count_postcodes(SectorPlan& sector, double& owed) {
    std::uint32_t used =
        static_cast<std::uint32_t>(sector.institutions.size()) + (sector.mass_firms > 0 ? 1 : 0);
    for (const PlantedGroup& group : sector.groups) {
        used += group.postcodes;
    }
    const std::uint32_t free = kUnitsPerSector - std::min(used, kUnitsPerSector - 4);
    const auto wanted =
        static_cast<std::uint32_t>(std::lround(sector.background_firms / kFirmsPerPostcode + 0.8));
    const auto most_live = static_cast<std::uint32_t>(free / (1.0 + kTerminatedShare));
    sector.background_postcodes = std::clamp(wanted, 1U, std::max(most_live, 1U));
    owed += sector.background_postcodes * kTerminatedShare;
    sector.terminated_postcodes =
        std::min(static_cast<std::uint32_t>(owed), free - sector.background_postcodes);
    owed -= sector.terminated_postcodes;
}

} // namespace

std::uint32_t SectorPlan::firms() const {
    std::uint32_t sum = mass_firms + background_firms;
    for (const PlantedGroup& group : groups) {
        sum += group.firms;
    }
    return sum;
}

Plan make_plan(const DemoOptions& options) {
    Plan plan;
    plan.options = options;
    plan.sectors.resize(postcode_sectors().size());
    plant_clusters(plan);
    found_institutions(plan);
    std::uint64_t special = place_mass_addresses(plan);
    for (const PlantedCluster& cluster : plan.clusters) {
        special += cluster.members;
    }
    share_out_background(plan, options.firms - special);
    std::uint64_t firm = 0;
    double owed = 0.0;
    for (std::size_t i = 0; i < plan.sectors.size(); ++i) {
        SectorPlan& sector = plan.sectors[i];
        count_postcodes(sector, owed);
        const Nation nation = settlements()[postcode_sectors()[i].settlement].nation;
        std::uint64_t& in_register = plan.register_size[register_of(nation)];
        sector.first_firm = firm;
        sector.first_in_register = in_register;
        firm += sector.firms();
        in_register += sector.firms();
    }
    return plan;
}

} // namespace icmap::demo
