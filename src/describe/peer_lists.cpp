#include "describe/peer_lists.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {

std::vector<PeerProfile> profiles_of(const ClusterTable& clusters,
                                     const std::vector<ClusterType>& types,
                                     std::span<const Tally> tallies, const FigureTable& figures) {
    std::vector<PeerProfile> profiles(clusters.size());
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        profiles[i].sector = clusters.sector_id[i];
        profiles[i].type = types[i].type;
        const Box& bounds = clusters.shape[i].bounds;
        profiles[i].min_lon_deg = bounds.min_x;
        profiles[i].min_lat_deg = bounds.min_y;
        profiles[i].max_lon_deg = bounds.max_x;
        profiles[i].max_lat_deg = bounds.max_y;
    }
    // In the order of the enumeration Trait; the first is no figure.
    constexpr std::array<std::string_view, kTraits> kMeasures{"",
                                                              "location_quotient",
                                                              "rdi_active_share",
                                                              "public_funding_gbp",
                                                              "patent_share",
                                                              "largest_firm_share",
                                                              "median_founding_year"};
    constexpr auto kFunding = static_cast<std::size_t>(Trait::public_funding_gbp);
    for (std::size_t trait = 0; trait < kTraits; ++trait) {
        const std::vector<double> values = figures.values_of(kMeasures[trait]);
        for (std::size_t i = 0; i < profiles.size(); ++i) {
            profiles[i].traits[trait] = trait == 0          ? clusters.enterprises[i]
                                        : trait == kFunding ? values[i] / clusters.enterprises[i]
                                                            : values[i];
        }
    }
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        double enterprises = 0.0;
        for (const auto& [industry, count] : tallies[i].industries) {
            enterprises += count;
        }
        for (const auto& [industry, count] : tallies[i].industries) {
            profiles[i].mix.emplace_back(industry, count / enterprises);
        }
    }
    return profiles;
}

Result<void> list_peers(store::Connection& connection, const ClusterTable& clusters,
                        const std::vector<ClusterName>& names,
                        const std::vector<std::vector<Peer>>& peers, ItemLists& lists) {
    std::vector<std::string> sector_name(clusters.size());
    ICMAP_TRY(connection.read(
        "select k.cluster_id, s.name from describe_cluster k join sector s using (sector_id)",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                sector_name[clusters.row(chunk.column<std::uint32_t>(0)[i])] = chunk.text(1, i);
            }
        }));
    ItemList& list = list_of(lists, "peer", "likeness");
    for (std::size_t i = 0; i < peers.size(); ++i) {
        const std::vector<Peer> told = by_likeness(peers[i]);
        for (std::size_t k = 0; k < told.size(); ++k) {
            const Peer& peer = told[k];
            const bool is_same = clusters.sector_id[i] == clusters.sector_id[peer.row];
            const std::uint32_t label = list.add_text(
                is_same ? names[peer.row].name
                        : fmt::format("{}, {}", names[peer.row].name, sector_name[peer.row]));
            list.add(i, {k + 1, label, 1.0 / (1.0 + peer.distance), clusters.cluster_id[peer.row],
                         list.add_text(peer.why)});
        }
    }
    return {};
}

} // namespace icmap::describe
