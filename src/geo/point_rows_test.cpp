#include "geo/point_rows.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace icmap::geo {
namespace {

/// The points that runs name, as flags.
std::vector<bool> covered(const PointRows& rows, const BandedEdges& area) {
    PointRows::Walk walk(rows);
    std::vector<bool> is_inside(rows.order().size(), false);
    for (const PointRows::Run& run : walk.inside(area.all())) {
        for (std::uint32_t at = run.begin; at < run.end; ++at) {
            EXPECT_FALSE(is_inside[rows.order()[at]]) << "each point once";
            is_inside[rows.order()[at]] = true;
        }
    }
    return is_inside;
}

BandedEdges ring(const std::vector<PlaneXY>& corners) {
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        edges.push_back(make_edge(corners[i], corners[(i + 1) % corners.size()]));
    }
    return BandedEdges(std::move(edges));
}

void expect_same(const std::vector<PlaneXY>& points, const BandedEdges& area, double height) {
    const auto found = covered(PointRows(points, height), area);
    for (std::size_t i = 0; i < points.size(); ++i) {
        ASSERT_EQ(found[i], area.covers(points[i]))
            << points[i].x_m << " " << points[i].y_m << ", rows of " << height;
    }
}

TEST(PointRows, FindWhatEachPointAloneWouldSay) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> anywhere(-10.0, 10.0);
    std::vector<PlaneXY> points;
    for (int i = 0; i < 3000; ++i) {
        points.push_back({anywhere(random), anywhere(random)});
    }
    for (int turn = 0; turn < 60; ++turn) {
        // A star: many edges, steep and flat ones, notches.
        std::uniform_real_distribution<double> far(1.0, 9.0);
        std::vector<PlaneXY> corners;
        const int n = 3 + turn;
        for (int i = 0; i < n; ++i) {
            const double angle = 2.0 * 3.14159265358979 * i / n;
            const double radius = far(random);
            corners.push_back({radius * std::cos(angle), radius * std::sin(angle)});
        }
        expect_same(points, ring(corners), turn % 3 == 0 ? 0.1 : turn % 3 == 1 ? 1.0 : 50.0);
    }
}

TEST(PointRows, CountBordersAndCornersOfAGrid) {
    std::vector<PlaneXY> points;
    for (int x = -1; x <= 9; ++x) {
        for (int y = -1; y <= 9; ++y) {
            points.push_back({static_cast<double>(x), static_cast<double>(y)});
        }
    }
    const BandedEdges area = ring({{0, 0}, {8, 0}, {8, 8}, {5, 8}, {5, 3}, {3, 3}, {3, 8}, {0, 8}});
    for (const double height : {0.25, 1.0, 2.0, 3.0, 100.0}) {
        expect_same(points, area, height);
    }
}

TEST(PointRows, OfNoPointsOrFarAwayFindNothing) {
    const BandedEdges area = ring({{0, 0}, {1, 0}, {0, 1}});
    const auto finds_nothing = [&](const std::vector<PlaneXY>& points) {
        return PointRows::Walk(PointRows(points, 1.0)).inside(area.all()).empty();
    };
    EXPECT_TRUE(finds_nothing({}));
    EXPECT_TRUE(finds_nothing({{0.5, -50.0}, {0.5, -49.0}}));
    EXPECT_TRUE(finds_nothing({{0.5, 50.0}}));
}

TEST(PointRows, AskedAgainForgetWhatTheyFound) {
    const std::vector<PlaneXY> points{{0.25, 0.25}, {5.25, 0.25}};
    const PointRows rows(points, 1.0);
    PointRows::Walk walk(rows);
    EXPECT_EQ(walk.inside(ring({{0, 0}, {1, 0}, {0, 1}}).all()).size(), 1U);
    EXPECT_EQ(walk.inside(ring({{0, 0}, {6, 0}, {6, 1}, {0, 1}}).all()).size(), 1U);
    EXPECT_TRUE(walk.inside(ring({{2, 0}, {3, 0}, {2, 1}}).all()).empty());
}

} // namespace
} // namespace icmap::geo
