#include "describe/surroundings.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

/// Clusters of 1 to 700 members and institutions near and far from them.
TEST(NearInstitutions, AreThoseThatEveryMemberIsMeasuredTo) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> place_m(0.0, 30'000.0);
    Locations locations;
    MemberLocations members;
    members.first.push_back(0);
    for (const std::size_t size : {1U, 15U, 16U, 17U, 127U, 128U, 129U, 700U}) {
        for (std::size_t i = 0; i < size; ++i) {
            members.location.push_back(static_cast<std::uint32_t>(locations.plane.size()));
            locations.plane.push_back({place_m(random), place_m(random)});
        }
        members.by_place.push_back(static_cast<std::uint32_t>(members.first.size() - 1));
        members.first.push_back(locations.plane.size());
    }
    std::vector<PlaneXY> institutions;
    for (int i = 0; i < 60; ++i) {
        institutions.push_back({2.0 * place_m(random), place_m(random)});
    }
    constexpr double kReach_m = 4'000.0;
    const auto near = near_institutions(locations, members, institutions, Metres{kReach_m});
    ASSERT_EQ(near.size(), members.first.size() - 1);
    for (std::size_t cluster = 0; cluster < near.size(); ++cluster) {
        std::vector<std::pair<double, std::uint32_t>> wanted;
        for (std::uint32_t asset = 0; asset < institutions.size(); ++asset) {
            double least_m = std::numeric_limits<double>::infinity();
            for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
                const PlaneXY at = locations.plane[members.location[i]];
                least_m = std::min(least_m, std::hypot(at.x_m - institutions[asset].x_m,
                                                       at.y_m - institutions[asset].y_m));
            }
            wanted.emplace_back(least_m, asset);
        }
        std::sort(wanted.begin(), wanted.end());
        const auto within = std::count_if(wanted.begin(), wanted.end(),
                                          [](const auto& each) { return each.first <= kReach_m; });
        wanted.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(within, 1)));
        ASSERT_EQ(near[cluster].size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            EXPECT_EQ(near[cluster][i].asset, wanted[i].second);
            EXPECT_EQ(near[cluster][i].distance_m, wanted[i].first);
        }
    }
}

} // namespace
} // namespace icmap::describe
