#include "describe/peers.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

} // namespace
} // namespace icmap::describe
