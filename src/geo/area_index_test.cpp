#include "geo/area_index.hpp"

#include "base/parallel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace icmap::geo {
namespace {

Geometry polygon(const std::vector<PlaneXY>& shell, std::span<const Ring> holes = {}) {
    return Geometry::polygon(shell, holes).value();
}

/// A star-shaped polygon around a centre: always valid, seldom convex.
Geometry star(PlaneXY centre, std::mt19937& random, double size_m) {
    std::uniform_real_distribution<double> reach(0.2, 1.0);
    std::vector<PlaneXY> shell;
    for (int i = 0; i < 40; ++i) {
        const double angle = i * 2.0 * 3.141592653589793 / 40.0;
        const double r = reach(random) * size_m;
        shell.push_back({std::round(centre.x_m + r * std::cos(angle)),
                         std::round(centre.y_m + r * std::sin(angle))});
    }
    return mend(polygon(shell))->geometry;
}

TEST(AreaIndex, AgreesWithGeosForRandomPolygons) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(0.0, 20'000.0);
    std::vector<Geometry> areas;
    for (int i = 0; i < 30; ++i) {
        areas.push_back(star({place(random), place(random)}, random, 3000.0));
    }
    std::vector<PlaneXY> points;
    for (int i = 0; i < 4000; ++i) {
        points.push_back({std::round(place(random)), std::round(place(random))});
    }
    for (const Geometry& area : areas) { // vertices and middles of borders are the hard ones
        const std::vector<GeometryPart> parts = area.parts();
        for (const Ring& ring : parts.front().rings) {
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                points.push_back(ring[i]);
                points.push_back(
                    {0.5 * (ring[i].x_m + ring[i + 1].x_m), 0.5 * (ring[i].y_m + ring[i + 1].y_m)});
            }
        }
    }
    const AreaIndex index(areas);
    const std::vector<std::int32_t> found = index.locate(points);
    std::size_t in_some = 0;
    for (std::size_t p = 0; p < points.size(); ++p) {
        std::int32_t expected = kNoArea;
        std::vector<std::int32_t> expected_all;
        for (std::size_t a = areas.size(); a-- > 0;) {
            if (areas[a].covers(points[p])) {
                expected = static_cast<std::int32_t>(a);
                expected_all.push_back(expected);
            }
        }
        std::ranges::reverse(expected_all);
        ASSERT_EQ(found[p], expected) << points[p].x_m << ' ' << points[p].y_m;
        ASSERT_EQ(index.all_at(points[p]), expected_all);
        in_some += expected == kNoArea ? 0 : 1;
    }
    EXPECT_GT(in_some, 1000U);
}

TEST(AreaIndex, FindsAllAreasWhereManySmallOnesLieOnSomeThatCoverEverything) {
    std::vector<Geometry> areas{Geometry::box({0, 0, 1000, 1000})};
    for (int i = 0; i < 400; ++i) {
        const double x = 50.0 * (i % 20);
        const double y = 50.0 * (i / 20);
        areas.push_back(Geometry::box({x, y, x + 50.0, y + 50.0}));
    }
    areas.push_back(Geometry::box({0, 0, 1000, 1000}));
    const AreaIndex index(areas);
    for (int i = 0; i < 400; ++i) {
        const PlaneXY middle{50.0 * (i % 20) + 25.0, 50.0 * (i / 20) + 25.0};
        ASSERT_EQ(index.all_at(middle), (std::vector<std::int32_t>{0, i + 1, 401}));
    }
    EXPECT_EQ(index.all_at({50, 50}), (std::vector<std::int32_t>{0, 1, 2, 21, 22, 401}));
    EXPECT_EQ(index.all_at({1000, 1000}), (std::vector<std::int32_t>{0, 400, 401}));
    EXPECT_TRUE(index.all_at({1000.1, 500}).empty());
}

TEST(AreaIndex, GivesAPointOnASharedBorderToTheLowestIndex) {
    // Three areas meet at (10, 10); the slanted border is shared by 1 and 2.
    const std::array<Geometry, 3> areas{
        Geometry::box({0, 0, 10, 20}),
        polygon({{10, 0}, {30, 0}, {30, 20}, {10, 10}}),
        polygon({{10, 10}, {30, 20}, {10, 20}}),
    };
    const AreaIndex index(areas);
    EXPECT_EQ(index.locate({10, 5}), 0);
    EXPECT_EQ(index.locate({10, 10}), 0);
    EXPECT_EQ(index.locate({20, 15}), 1);
    EXPECT_EQ(index.locate({20, 15.0001}), 2);
    EXPECT_EQ(index.locate({20, 14.9999}), 1);
    EXPECT_EQ(index.all_at({10, 10}), (std::vector<std::int32_t>{0, 1, 2}));
}

TEST(AreaIndex, LeavesNoGapAndNoOverlapAlongABorderThatIsNotARoundNumber) {
    const PlaneXY a{0.1, 0.2};
    const PlaneXY b{1000.7, 333.3};
    const std::array<Geometry, 2> areas{polygon({a, b, {0.1, 900.0}}),
                                        polygon({a, {1000.7, -50.0}, b})};
    const AreaIndex index(areas);
    std::mt19937 random(3);
    std::uniform_real_distribution<double> along(0.0, 1.0);
    for (int i = 0; i < 20'000; ++i) {
        const double t = along(random);
        const PlaneXY p{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
        if (p.x_m > 0.1 && p.x_m < 1000.7) {
            ASSERT_NE(index.locate(p), kNoArea) << t;
        }
    }
}

TEST(AreaIndex, KnowsHolesAndAreasOfSeveralParts) {
    const Ring hole{{20, 20}, {80, 20}, {80, 80}, {20, 80}};
    const std::array<Geometry, 2> islands{
        Geometry::box({200, 0, 210, 10}),
        polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}, std::span(&hole, 1))};
    const std::array<Geometry, 2> areas{Geometry::collect(islands),
                                        Geometry::box({40, 40, 60, 60})};
    const AreaIndex index(areas);
    EXPECT_EQ(index.locate({10, 10}), 0);
    EXPECT_EQ(index.locate({205, 5}), 0);
    EXPECT_EQ(index.locate({20, 50}), 0) << "the rim of a hole belongs to the area";
    EXPECT_EQ(index.locate({30, 30}), kNoArea);
    EXPECT_EQ(index.locate({50, 50}), 1);
}

TEST(AreaIndex, TakesAPointJustOffTheCoastToTheNearestAreaWithinTheTolerance) {
    const std::array<Geometry, 2> areas{Geometry::box({0, 0, 100, 100}),
                                        Geometry::box({300, 0, 400, 100})};
    const AreaIndex index(areas);
    EXPECT_EQ(index.locate({150, 50}), kNoArea);
    EXPECT_EQ(index.locate({150, 50}, Metres{50}), 0) << "the tolerance is inclusive";
    EXPECT_EQ(index.locate({150.1, 50}, Metres{50}), kNoArea);
    EXPECT_EQ(index.locate({210, 50}, Metres{200}), 1);
    EXPECT_EQ(index.locate({200, 50}, Metres{200}), 0) << "equally near: lowest index";
    EXPECT_EQ(index.locate({103, 104}, Metres{5}), 0);
}

TEST(AreaIndex, HasNoAnswerForPointsThatAreNotFiniteAndForNoAreas) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::array<Geometry, 2> areas{Geometry(), Geometry::box({0, 0, 1, 1})};
    EXPECT_EQ(AreaIndex(areas).locate({nan, 0.5}, Metres{10}), kNoArea);
    EXPECT_EQ(AreaIndex(areas).locate({0.5, 0.5}), 1);
    EXPECT_EQ(AreaIndex({}).locate({0, 0}, Metres{10}), kNoArea);
}

TEST(AreaIndex, IsTheSameOnOneThreadAndOnMany) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(0.0, 5000.0);
    std::vector<Geometry> areas;
    for (int i = 0; i < 10; ++i) {
        areas.push_back(star({place(random), place(random)}, random, 1500.0));
    }
    std::vector<PlaneXY> points;
    for (int i = 0; i < 50'000; ++i) {
        points.push_back({place(random), place(random)});
    }
    const auto many = AreaIndex(areas).locate(points, Metres{100});
    const ThreadLimit one(1);
    EXPECT_EQ(many, AreaIndex(areas).locate(points, Metres{100}));
}

} // namespace
} // namespace icmap::geo
