#include "describe/locations.hpp"

#include "base/parallel.hpp"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <utility>

namespace icmap::describe {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

TEST(NumberLocations, GoesFromWestToEastThenSouthToNorth) {
    const Standings sites{{4, 0, 2, 1},
                          {{1.0, 52.0}, {-2.0, 51.0}, {1.0, 50.0}, {1.0, 52.0}},
                          {{9.0, 8.0}, {1.0, 1.0}, {5.0, 5.0}, {8.5, 8.5}}};
    std::vector<std::uint32_t> location(6, kNowhere);
    const Locations found = number_locations(sites, location);
    EXPECT_EQ(found.degrees, (std::vector<PlaneXY>{{-2.0, 51.0}, {1.0, 50.0}, {1.0, 52.0}}));
    EXPECT_EQ(found.plane, (std::vector<PlaneXY>{{1.0, 1.0}, {5.0, 5.0}, {8.5, 8.0}}))
        << "the least of those that round differently";
    EXPECT_EQ(found.sites, (std::vector<std::uint32_t>{1, 1, 2}));
    EXPECT_EQ(location, (std::vector<std::uint32_t>{0, 2, 1, kNowhere, 2, kNowhere}));
}

TEST(NumberLocations, TakesNoSitesAndSitesOfOneMeridian) {
    EXPECT_TRUE(number_locations({}, {}).degrees.empty());
    std::vector<std::uint32_t> location(2);
    const Locations found =
        number_locations({{0, 1}, {{3.0, 2.0}, {3.0, 1.0}}, {{0.0, 0.0}, {0.0, 0.0}}}, location);
    EXPECT_EQ(location, (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(found.sites.size(), 2U);
}

/// Against an ordered map, with strips of all sizes, on one thread and on three.
TEST(NumberLocations, AgreesWithAMapOnAnyNumberOfThreads) {
    std::mt19937 random(7);
    Standings sites;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const double lon = i % 3 == 0 ? -0.1 : -8.0 + static_cast<double>(random() % 997) / 99.7;
        sites.site_id.push_back(i);
        sites.degrees.push_back({lon, 50.0 + static_cast<double>(random() % 101) / 10.0});
        sites.plane.push_back({static_cast<double>(random() % 5), 0.0});
    }
    std::map<std::pair<double, double>, std::uint32_t> number;
    for (const PlaneXY& at : sites.degrees) {
        number[{at.x_m, at.y_m}] = 0;
    }
    std::uint32_t next = 0;
    for (auto& [at, location] : number) {
        location = next++;
    }
    for (const int threads : {1, 3}) {
        const ThreadLimit limit(threads);
        std::vector<std::uint32_t> location(sites.site_id.size(), kNowhere);
        const Locations found = number_locations(sites, location);
        ASSERT_EQ(found.degrees.size(), number.size());
        for (std::size_t i = 0; i < location.size(); ++i) {
            const PlaneXY& at = sites.degrees[i];
            ASSERT_EQ(location[i], (number[{at.x_m, at.y_m}]));
            ASSERT_LE(found.plane[location[i]].x_m, sites.plane[i].x_m);
        }
    }
}

} // namespace
} // namespace icmap::describe
