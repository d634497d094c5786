#include "describe/figures.hpp"

#include <algorithm>

namespace icmap::describe {

std::vector<double> sites_by_sector(const RegisterColumns& all) {
    std::vector<double> sites;
    for (std::uint32_t firm = 0; firm < all.firms(); ++firm) {
        for (const std::uint32_t sector : all.sectors.of(firm)) {
            sites.resize(std::max(sites.size(), std::size_t{sector} + 1), 0.0);
            sites[sector] += all.firm[firm].density_sites;
        }
    }
    return sites;
}

std::vector<QuotientCounts> quotient_counts(const ClusterTable& clusters,
                                            std::span<const Tally> tallies,
                                            std::span<const std::uint64_t> inside,
                                            std::span<const double> sector_sites,
                                            double all_sites) {
    std::vector<QuotientCounts> counts(clusters.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = {tallies[i].by_sites, static_cast<double>(inside[i]),
                     sector_sites[clusters.sector_id[i]], all_sites};
    }
    return counts;
}

std::vector<MemberStubs> ProjectNetwork::of_clusters() const {
    std::vector<MemberStubs> clusters;
    for (std::size_t i = 0; i < stubs.size(); ++i) {
        clusters.push_back(stubs.of(i));
    }
    return clusters;
}

Result<ProjectNetwork> read_network(store::Connection& connection, const EngagedFirms& engaged,
                                    const MoneyColumns& money) {
    ProjectNetwork network;
    // A place in a project is an organisation that took part, linked or not, counted once.
    ICMAP_TRY(connection.read(
        "select distinct p.project_id, coalesce('f' || p.firm_id, 'a' || p.asset_id, "
        "p.organisation_id, p.organisation) as who from participation p "
        "join project j using (project_id) cross join describe_context c "
        "where not p.is_withdrawn and (j.start_date is null or j.start_date <= c.as_of) "
        "order by p.project_id, who",
        [&network](const store::Chunk& chunk) {
            for (const std::uint32_t project : chunk.column<std::uint32_t>(0)) {
                network.slots.project_of_slot.push_back(project);
                network.slots.projects = std::max(network.slots.projects, project + 1);
            }
        }));
    for (std::size_t row = 0; row < engaged.size(); ++row) {
        for (const EngagedFirm& each : engaged.of(row)) {
            for (const Award& award : money.awards.of(each.firm)) {
                network.stubs.value.emplace_back(each.firm, award.project);
            }
        }
        network.stubs.first.push_back(network.stubs.end());
    }
    return network;
}

} // namespace icmap::describe
