#include "geo/grid_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::geo {
namespace {

double distance(PlaneXY a, PlaneXY b) {
    const double dx = a.x_m - b.x_m;
    const double dy = a.y_m - b.y_m;
    return std::sqrt(dx * dx + dy * dy);
}

std::vector<Neighbour> all_by_distance(std::span<const PlaneXY> points, PlaneXY place,
                                       double reach_m) {
    std::vector<Neighbour> all;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (distance(points[i], place) <= reach_m) {
            all.push_back({static_cast<std::uint32_t>(i), distance(points[i], place)});
        }
    }
    std::ranges::stable_sort(all, {}, &Neighbour::distance_m);
    return all;
}

/// Points on a coarse lattice, so that ties and repeats are common.
rc::Gen<std::vector<PlaneXY>> lattice_points() {
    return rc::gen::container<std::vector<PlaneXY>>(rc::gen::build<PlaneXY>(
        rc::gen::set(&PlaneXY::x_m,
                     rc::gen::map(rc::gen::inRange(-20, 20), [](int i) { return i * 50.0; })),
        rc::gen::set(&PlaneXY::y_m,
                     rc::gen::map(rc::gen::inRange(-20, 20), [](int i) { return i * 50.0; }))));
}

RC_GTEST_PROP(GridIndex, FindsWhatBruteForceFindsWithinARadius, ()) {
    const auto points = *lattice_points();
    const double cell = *rc::gen::element(0.0, 1.0, 77.0, 5000.0);
    const PlaneXY place{*rc::gen::inRange(-30, 30) * 50.0, *rc::gen::inRange(-30, 30) * 50.0};
    const double radius = *rc::gen::inRange(0, 40) * 25.0;
    std::vector<std::uint32_t> expected;
    for (const Neighbour& found : all_by_distance(points, place, radius)) {
        expected.push_back(found.index);
    }
    std::ranges::sort(expected);
    const GridIndex index(points, Metres{cell});
    RC_ASSERT(index.within(place, Metres{radius}) == expected);
    RC_ASSERT(index.count_within(place, Metres{radius}) == expected.size());
}

RC_GTEST_PROP(GridIndex, FindsTheNearestWithTiesByLowestIndex, ()) {
    const auto points = *lattice_points();
    const double cell = *rc::gen::element(0.0, 1.0, 77.0, 5000.0);
    const PlaneXY place{*rc::gen::inRange(-60, 60) * 50.0, *rc::gen::inRange(-60, 60) * 50.0};
    const auto k = static_cast<std::size_t>(*rc::gen::inRange(0, 12));
    const double reach = *rc::gen::element(100.0, 700.0, std::numeric_limits<double>::infinity());
    auto expected = all_by_distance(points, place, reach);
    expected.resize(std::min(k, expected.size()));
    RC_ASSERT(GridIndex(points, Metres{cell}).nearest(place, k, Metres{reach}) == expected);
}

TEST(GridIndex, IncludesAPointExactlyOnTheRim) {
    const std::vector<PlaneXY> points{{0, 0}, {1000, 0}, {600, 800}, {1000.001, 0}};
    const GridIndex index(points, Metres{1000});
    EXPECT_EQ(index.within({0, 0}, Metres{1000}), (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(GridIndex, NeverFindsAPointThatIsNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<PlaneXY> points{
        {nan, 0}, {5, 5}, {0, std::numeric_limits<double>::infinity()}};
    const GridIndex index(points);
    EXPECT_EQ(index.size(), 1U);
    EXPECT_EQ(index.nearest({0, 0}, 3).size(), 1U);
    EXPECT_TRUE(index.nearest({nan, 0}, 3).empty());
    EXPECT_TRUE(index.within({nan, 0}, Metres{10}).empty());
}

TEST(GridIndex, WorksForNothingForOnePointAndForALine) {
    EXPECT_TRUE(GridIndex({}).nearest({0, 0}, 1).empty());
    EXPECT_TRUE(GridIndex({}).within({0, 0}, Metres{10}).empty());
    const std::vector<PlaneXY> same(1000, PlaneXY{3, 4});
    EXPECT_EQ(GridIndex(same).within({0, 0}, Metres{5}).size(), 1000U);
    EXPECT_EQ(GridIndex(same).nearest({3, 4}, 2), (std::vector<Neighbour>{{0, 0.0}, {1, 0.0}}));
    std::vector<PlaneXY> line;
    for (int i = 0; i < 10'000; ++i) {
        line.push_back({i * 10.0, 7.0});
    }
    EXPECT_EQ(GridIndex(line).nearest({50'004.0, 7.0}, 1).front().index, 5000U);
}

TEST(GridIndex, AFarOutlierDoesNotBlowTheGridUp) {
    std::vector<PlaneXY> points(2000, PlaneXY{0, 0});
    points.push_back({1e9, 1e9});
    const GridIndex index(points, Metres{1});
    EXPECT_EQ(index.count_within({0, 0}, Metres{1}), 2000U);
    EXPECT_EQ(index.nearest({1e9, 1e9}, 1).front().index, 2000U);
}

} // namespace
} // namespace icmap::geo
