#include "describe/peer_lists.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace icmap::describe {
namespace {

/// By sector_id.
Result<std::vector<std::string>> read_sector_names(store::Connection& connection) {
    std::vector<std::string> names;
    ICMAP_TRY(connection.read("select sector_id, name from sector", [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const std::size_t id = chunk.column<std::uint16_t>(0)[i];
            names.resize(std::max(names.size(), id + 1));
            names[id] = chunk.text(1, i);
        }
    }));
    return names;
}

} // namespace

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
                        const std::vector<ClusterName>& names, std::vector<std::vector<Peer>> peers,
                        ItemLists& lists) {
    ICMAP_ASSIGN(const auto sector_name, read_sector_names(connection));
    // Names, names with their sectors, and what peers are alike in.
    const auto size = static_cast<std::uint32_t>(clusters.size());
    std::vector<std::uint32_t> first(peers.size() + 1, 0);
    for (std::size_t i = 0; i < peers.size(); ++i) {
        first[i + 1] = first[i] + static_cast<std::uint32_t>(peers[i].size());
    }
    ItemLists::Texts texts(2 * std::size_t{size} + first.back());
    ItemList& list = lists.make("peer", "likeness", lists.add_texts({}));
    list.resize(first.back());
    parallel_for_each(peers.size(), 64, [&](std::size_t i) {
        texts[i] = names[i].name;
        texts[size + i] = fmt::format("{}, {}", names[i].name, sector_name[clusters.sector_id[i]]);
        std::size_t at = first[i];
        std::size_t position = 0;
        for (Peer& peer : by_likeness(std::move(peers[i]))) {
            const bool is_same = clusters.sector_id[i] == clusters.sector_id[peer.row];
            const auto why = 2 * size + static_cast<std::uint32_t>(at);
            texts[why] = std::move(peer.why);
            list.set(at++, i,
                     {++position, is_same ? peer.row : size + peer.row, 1.0 / (1.0 + peer.distance),
                      clusters.cluster_id[peer.row], why});
        }
    });
    lists.texts_of(list.texts) = std::move(texts);
    return {};
}

} // namespace icmap::describe
