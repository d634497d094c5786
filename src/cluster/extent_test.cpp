#include "cluster/extent.hpp"

#include "cluster/worlds.hpp"

#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace icmap::cluster {
namespace {

std::vector<std::uint32_t> all_of(const worlds::World& world) {
    std::vector<std::uint32_t> members(world.size());
    std::iota(members.begin(), members.end(), 0U);
    return members;
}

TEST(Extent, IsTheLongestWayThroughNotTheSideOfTheBox) {
    const worlds::World world = worlds::draw("*..\n"
                                             "...\n"
                                             "...\n"
                                             "...\n"
                                             "...*");
    EXPECT_DOUBLE_EQ(extent_of(world.points(), all_of(world)).value, 5.0);
    EXPECT_TRUE(is_wider(world.points(), all_of(world), Metres{4.9}));
    EXPECT_FALSE(is_wider(world.points(), all_of(world), Metres{5.0}));
}

TEST(Extent, OfNoneOrOnePlaceIsNought) {
    const worlds::World world = worlds::draw("9");
    EXPECT_EQ(extent_of(world.points(), {}).value, 0.0);
    EXPECT_EQ(extent_of(world.points(), all_of(world)).value, 0.0);
    EXPECT_FALSE(is_wider(world.points(), {}, Metres{1.0}));
}

TEST(Extent, IsThatOfEveryPairTried) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-100.0, 100.0);
    for (int turn = 0; turn < 50; ++turn) {
        worlds::World world;
        for (int i = 0; i < 2 + turn; ++i) {
            world.add(place(random), turn % 5 == 0 ? 3.0 : place(random));
        }
        double most = 0.0;
        for (std::size_t i = 0; i < world.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                most = std::max(
                    most, std::hypot(world.x_m[i] - world.x_m[j], world.y_m[i] - world.y_m[j]));
            }
        }
        EXPECT_NEAR(extent_of(world.points(), all_of(world)).value, most, 1e-9);
        EXPECT_TRUE(is_wider(world.points(), all_of(world), Metres{most * 0.999}));
        EXPECT_FALSE(is_wider(world.points(), all_of(world), Metres{most * 1.001}));
    }
}

} // namespace
} // namespace icmap::cluster
