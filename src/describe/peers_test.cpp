#include "describe/peers.hpp"

#include "describe/peer_distance.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace icmap::describe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A cluster of that many enterprises at its own place.
PeerProfile cluster(std::uint16_t sector, double enterprises, double place,
                    std::vector<std::pair<std::uint32_t, double>> mix) {
    PeerProfile profile;
    profile.sector = sector;
    profile.type = "diverse";
    for (double& trait : profile.traits) {
        trait = std::nan("");
    }
    profile.traits[static_cast<std::size_t>(Trait::enterprises)] = enterprises;
    profile.mix = std::move(mix);
    profile.min_lon_deg = place;
    profile.max_lon_deg = place + 0.5;
    profile.max_lat_deg = 1.0;
    return profile;
}

TEST(Peers, AreTheLikestOfTheSectorFirstThenThoseOfOtherSectorsElsewhere) {
    const std::vector<PeerProfile> profiles{cluster(0, 100, 0, {{26, 0.5}, {62, 0.5}}),
                                            cluster(0, 110, 1, {{26, 0.4}, {62, 0.6}}),
                                            cluster(0, 105, 2, {{10, 1.0}}),
                                            cluster(1, 100, 0.2, {{26, 0.5}, {62, 0.5}}),
                                            cluster(1, 1000, 4, {{26, 0.5}, {62, 0.5}}),
                                            cluster(1, 100, 5, {{26, 0.5}, {62, 0.5}})};
    const auto peers = find_peers(profiles, {5, 1});
    ASSERT_EQ(peers[0].size(), 3U);
    EXPECT_EQ(peers[0][0].row, 1U) << "of the sector, and a like mix";
    EXPECT_EQ(peers[0][1].row, 2U) << "of the sector";
    EXPECT_EQ(peers[0][2].row, 5U) << "3 lies at the same place, 4 is ten times as large";
    EXPECT_LT(peers[0][0].distance, peers[0][1].distance);
    EXPECT_DOUBLE_EQ(peers[0][2].distance, 0.0);
}

TEST(Peers, AreToldByLikenessWhateverTheirSectors) {
    const auto told = by_likeness({{1, 0.2, ""}, {2, 0.9, ""}, {5, 0.0, ""}, {7, 0.2, ""}});
    std::vector<std::uint32_t> rows;
    for (const Peer& peer : told) {
        rows.push_back(peer.row);
    }
    EXPECT_EQ(rows, (std::vector<std::uint32_t>{5, 1, 7, 2}));
}

TEST(Peers, SayWhatIsAlikeAndNotWhatIsNot) {
    const std::vector<PeerProfile> profiles{cluster(0, 100, 0, {{26, 1.0}}),
                                            cluster(0, 110, 1, {{10, 1.0}}),
                                            cluster(0, 5000, 2, {{26, 1.0}})};
    const auto peers = find_peers(profiles, {5, 0});
    ASSERT_EQ(peers[0].size(), 2U);
    const auto& of_like_size = peers[0][0].row == 1 ? peers[0][0] : peers[0][1];
    EXPECT_THAT(of_like_size.why, HasSubstr("size (100 and 110 enterprises)"));
    EXPECT_THAT(of_like_size.why, HasSubstr("Alike in type; "));
    EXPECT_THAT(of_like_size.why, Not(HasSubstr("mix")));
}

TEST(Peers, RoundNoShareToNoneOrAll) {
    constexpr auto kShare = static_cast<std::size_t>(Trait::largest_firm_share);
    const auto why = [&](double of_one, double of_other) {
        std::vector<PeerProfile> profiles;
        for (const double share : {of_one, of_other, 0.2, 0.4, 0.6, 0.8}) {
            const auto place = static_cast<double>(profiles.size());
            profiles.push_back(cluster(0, 100 + 50 * place, place, {}));
            profiles.back().traits[kShare] = share;
        }
        return find_peers(profiles, {})[0].at(0).why;
    };
    EXPECT_THAT(why(0.001, 0.004), HasSubstr("share (under 1 % and under 1 %)"));
    EXPECT_THAT(why(0.996, 1.0), HasSubstr("share (over 99 % and 100 %)"));
}

TEST(Peers, CompareByWhatIsKnownOfBoth) {
    std::vector<PeerProfile> profiles{cluster(0, 100, 0, {}), cluster(0, 100, 1, {}),
                                      cluster(0, 300, 2, {})};
    EXPECT_TRUE(find_peers(profiles, {})[0].empty()) << "the size alone makes no comparison";
    for (PeerProfile& profile : profiles) {
        profile.traits[static_cast<std::size_t>(Trait::founding_year)] =
            2000.0 + profile.min_lon_deg;
    }
    EXPECT_EQ(find_peers(profiles, {})[0].size(), 2U);
}

/// Clusters of many sizes, mixes and gaps, in twelve sectors that each have an industry of their
/// own.
std::vector<PeerProfile> many_clusters(std::size_t count) {
    std::mt19937 draw(7);
    std::vector<PeerProfile> profiles;
    for (std::size_t i = 0; i < count; ++i) {
        const auto sector = static_cast<std::uint16_t>(draw() % 12);
        const double own = 0.1 + 0.8 * static_cast<double>(draw() % 1000) / 1000.0;
        const double second = (1.0 - own) * static_cast<double>(draw() % 1000) / 1000.0;
        profiles.push_back(cluster(
            sector, 10.0 + std::pow(static_cast<double>(draw() % 100), 2), static_cast<double>(i),
            {{sector, own}, {20 + sector / 3, second}, {30 + sector % 2, 1.0 - own - second}}));
        for (const Trait trait : {Trait::location_quotient, Trait::founding_year}) {
            profiles.back().traits[static_cast<std::size_t>(trait)] =
                draw() % 5 == 0 ? std::nan("") : 1.0 + static_cast<double>(draw() % 50);
        }
    }
    return profiles;
}

TEST(Peers, AreTheNearestOfAllWhereverAllAreCompared) {
    const auto profiles = many_clusters(600);
    const Comparison comparison(profiles);
    const auto peers = find_peers(profiles, {5, 3});
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
        std::vector<std::pair<double, std::uint32_t>> same;
        std::vector<std::pair<double, std::uint32_t>> other;
        for (std::uint32_t j = 0; j < profiles.size(); ++j) {
            if (j != i) {
                auto& list = profiles[i].sector == profiles[j].sector ? same : other;
                list.emplace_back(comparison.between(i, j).total, j);
            }
        }
        std::sort(same.begin(), same.end());
        std::sort(other.begin(), other.end());
        ASSERT_EQ(peers[i].size(), 8U);
        for (std::size_t k = 0; k < 8; ++k) {
            EXPECT_EQ(peers[i][k].row, k < 5 ? same[k].second : other[k - 5].second);
        }
    }
}

TEST(Peers, OfALargeSectorAreTheNearestOfAll) {
    auto profiles = many_clusters(900);
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        profiles[i].sector = 0;
        profiles[i].type = i % 9 == 0 ? "specialised" : "diverse";
    }
    profiles[7] = profiles[300] = profiles[800]; // alike: by row
    const Comparison comparison(profiles);
    const auto peers = find_peers(profiles, {5, 3});
    for (std::uint32_t i = 0; i < profiles.size(); ++i) {
        std::vector<std::pair<double, std::uint32_t>> all;
        for (std::uint32_t j = 0; j < profiles.size(); ++j) {
            if (j != i) {
                all.emplace_back(comparison.between(i, j).total, j);
            }
        }
        std::partial_sort(all.begin(), all.begin() + 5, all.end());
        ASSERT_EQ(peers[i].size(), 5U);
        for (std::size_t k = 0; k < 5; ++k) {
            EXPECT_EQ(peers[i][k].row, all[k].second);
            EXPECT_EQ(peers[i][k].distance, all[k].first);
        }
    }
}

TEST(Peers, OfAPartOfTheOtherSectorsAreNearlyAsNearAsOfAll) {
    const auto profiles = many_clusters(4000);
    PeerOptions part{5, 3};
    part.compare_all = 100;
    part.like_sectors = 4;
    part.of_like_size = 64;
    const auto of_all = find_peers(profiles, {5, 3});
    const auto of_part = find_peers(profiles, part);
    double all = 0.0;
    double found = 0.0;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        for (std::size_t k = 0; k < 5; ++k) {
            ASSERT_EQ(of_part[i][k].row, of_all[i][k].row) << "of its own sector all are compared";
        }
        all += of_all[i][5].distance;
        found += of_part[i][5].distance;
    }
    EXPECT_LE(all, found);
    EXPECT_LT(found, 1.25 * all);
}

} // namespace
} // namespace icmap::describe
