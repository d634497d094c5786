#include "tiles/clip.hpp"

#include "geo/geometry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace icmap::tiles {
namespace {

constexpr Box kBox{0.0, 0.0, 100.0, 100.0};

double area_of(std::span<const TilePoint> ring) {
    double twice = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const TilePoint& a = ring[i];
        const TilePoint& b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return 0.5 * std::abs(twice);
}

double length_of(std::span<const TilePoint> line) {
    double length = 0.0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        length += std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
    }
    return length;
}

std::vector<PlaneXY> plane(std::span<const TilePoint> points) {
    std::vector<PlaneXY> made;
    for (const TilePoint& p : points) {
        made.push_back({p.x, p.y});
    }
    return made;
}

rc::Gen<std::vector<TilePoint>> any_chain(std::size_t least) {
    const auto coordinate = rc::gen::map(rc::gen::inRange(-15, 26), [](int i) { return i * 10.0; });
    return rc::gen::suchThat(
        rc::gen::container<std::vector<TilePoint>>(rc::gen::build<TilePoint>(
            rc::gen::set(&TilePoint::x, coordinate), rc::gen::set(&TilePoint::y, coordinate))),
        [least](const std::vector<TilePoint>& chain) {
            return chain.size() >= least && std::ranges::adjacent_find(chain) == chain.end() &&
                   !(chain.front() == chain.back());
        });
}

RC_GTEST_PROP(Clip, AConvexRingKeepsTheAreaThatGeosFindsInTheBox, ()) {
    const auto chain = *any_chain(3);
    const geo::Geometry hull = geo::convex_hull(geo::Geometry::points(plane(chain))).value();
    RC_PRE(hull.kind() == geo::GeometryKind::polygons);
    const std::vector<geo::GeometryPart> parts = hull.parts();
    std::vector<TilePoint> ring;
    for (const PlaneXY& p : std::span(parts[0].rings[0]).subspan(1)) {
        ring.push_back({p.x_m, p.y_m});
    }
    const double expected = geo::intersection(hull, geo::Geometry::box(kBox))->area_m2();
    RC_ASSERT(std::abs(area_of(clip_ring(ring, kBox)) - expected) < 1e-6);
}

RC_GTEST_PROP(Clip, ALineKeepsTheLengthThatGeosFindsInTheBox, ()) {
    auto chain = *any_chain(2);
    double expected = 0.0; // segment by segment, as a line may run over itself
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
        const auto segment = geo::Geometry::line(plane(std::span(chain).subspan(i, 2))).value();
        expected += geo::intersection(segment, geo::Geometry::box(kBox))->length_m();
    }
    double found = 0.0;
    for (const auto& part : clip_line(chain, kBox)) {
        found += length_of(part);
        for (const TilePoint& p : part) {
            RC_ASSERT(p.x >= -1e-9 && p.x <= 100.0 + 1e-9 && p.y >= -1e-9 && p.y <= 100.0 + 1e-9);
        }
    }
    RC_ASSERT(std::abs(found - expected) < 1e-6);
}

TEST(Clip, ARingAroundTheBoxBecomesTheBoxAndOneBesideItNothing) {
    const std::vector<TilePoint> around{{-50, -50}, {200, -50}, {200, 200}, {-50, 200}};
    EXPECT_DOUBLE_EQ(area_of(clip_ring(around, kBox)), 10'000.0);
    const std::vector<TilePoint> beside{{150, 0}, {200, 0}, {200, 100}};
    EXPECT_TRUE(clip_ring(beside, kBox).empty());
}

TEST(Clip, ALineInsideStaysOnePart) {
    const std::vector<TilePoint> line{{10, 10}, {50, 10}, {50, 90}, {90, 90}};
    const auto parts = clip_line(line, kBox);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0], line);
}

TEST(Quantised, DropsRepeatsAndARingsRepeatedStart) {
    const std::vector<TilePoint> points{{0.2, 0.1}, {0.4, -0.3}, {9.6, 0}, {9.5, 9.9}, {0, 0.4}};
    EXPECT_EQ(quantised(points, true), (std::vector<TileXY>{{0, 0}, {10, 0}, {10, 10}}));
    EXPECT_EQ(quantised(points, false), (std::vector<TileXY>{{0, 0}, {10, 0}, {10, 10}, {0, 0}}));
}

TEST(TwiceSignedArea, IsPositiveForAShellOnTheScreen) {
    EXPECT_EQ(twice_signed_area(std::vector<TileXY>{{0, 0}, {10, 0}, {10, 10}, {0, 10}}), 200);
    EXPECT_EQ(twice_signed_area(std::vector<TileXY>{{0, 0}, {0, 10}, {10, 10}, {10, 0}}), -200);
}

} // namespace
} // namespace icmap::tiles
