#include "describe/figures.hpp"

#include <algorithm>

namespace icmap::describe {

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

Result<ProjectNetwork> read_network(store::Connection& connection, const ClusterTable& clusters) {
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
    std::vector<std::uint32_t> row;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stubs;
    ICMAP_TRY(connection.read(
        "select m.cluster_id, m.firm_id, a.project_id from describe_engaged m "
        "join describe_award a using (firm_id) order by m.cluster_id, m.firm_id, a.project_id",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                row.push_back(
                    static_cast<std::uint32_t>(clusters.row(chunk.column<std::uint32_t>(0)[i])));
                stubs.emplace_back(chunk.column<std::uint32_t>(1)[i],
                                   chunk.column<std::uint32_t>(2)[i]);
            }
        }));
    network.stubs = lists_of(row, stubs, clusters.size());
    return network;
}

} // namespace icmap::describe
