#include "describe/peer_lists.hpp"

#include "describe/peers.hpp"
#include "store/steps.hpp"

#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {
namespace {

Result<std::vector<PeerProfile>> read_profiles(store::Connection& connection,
                                               const ClusterTable& clusters,
                                               const std::vector<ClusterType>& types) {
    std::vector<PeerProfile> profiles(clusters.size());
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        profiles[i].sector = clusters.sector_id[i];
        profiles[i].type = types[i].type;
    }
    ICMAP_TRY(store::run_step(connection, "describe/peer_profiles.sql"));
    // The columns of traits stand in the order of the enumeration Trait.
    ICMAP_TRY(connection.read(
        "select * from describe_profile order by cluster_id", [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                PeerProfile& profile = profiles[clusters.row(chunk.column<std::uint32_t>(0)[i])];
                const auto number = [&](std::size_t column) {
                    return chunk.is_null(column, i) ? std::nan("")
                                                    : chunk.column<double>(column)[i];
                };
                profile.min_lon_deg = number(1);
                profile.min_lat_deg = number(2);
                profile.max_lon_deg = number(3);
                profile.max_lat_deg = number(4);
                for (std::size_t trait = 0; trait < kTraits; ++trait) {
                    profile.traits[trait] = number(5 + trait);
                }
            }
        }));
    ICMAP_TRY(connection.read(
        "select cluster_id, industry, share from describe_industry "
        "order by cluster_id, industry",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                profiles[clusters.row(chunk.column<std::uint32_t>(0)[i])].mix.emplace_back(
                    chunk.column<std::uint32_t>(1)[i], chunk.column<double>(2)[i]);
            }
        }));
    return profiles;
}

} // namespace

Result<void> list_peers(store::Connection& connection, const ClusterTable& clusters,
                        const std::vector<ClusterName>& names,
                        const std::vector<ClusterType>& types, ItemColumns& items) {
    ICMAP_ASSIGN(const auto profiles, read_profiles(connection, clusters, types));
    std::vector<std::string> sector_name(clusters.size());
    ICMAP_TRY(connection.read(
        "select k.cluster_id, s.name from describe_cluster k join sector s using (sector_id)",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                sector_name[clusters.row(chunk.column<std::uint32_t>(0)[i])] = chunk.text(1, i);
            }
        }));
    const auto peers = find_peers(profiles, {});
    for (std::size_t i = 0; i < peers.size(); ++i) {
        for (std::size_t k = 0; k < peers[i].size(); ++k) {
            const Peer& peer = peers[i][k];
            const bool is_same = clusters.sector_id[i] == clusters.sector_id[peer.row];
            const std::string label =
                is_same ? names[peer.row].name
                        : fmt::format("{}, {}", names[peer.row].name, sector_name[peer.row]);
            items.add(clusters.cluster_id[i],
                      {"peer", k + 1, label, 1.0 / (1.0 + peer.distance), "likeness",
                       clusters.cluster_id[peer.row], peer.why});
        }
    }
    return {};
}

} // namespace icmap::describe
