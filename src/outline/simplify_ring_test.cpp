#include "outline/simplify_ring.hpp"

#include "geo/geometry.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace icmap::outline {
namespace {

using geo::Geometry;
using geo::Ring;

/// A ring around the origin that bulges in and out.
Ring bulging(std::size_t n, unsigned seed, double roughness_m) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> phase(0.0, 2.0 * std::numbers::pi);
    const double one = phase(random);
    const double two = phase(random);
    Ring ring;
    for (std::size_t i = 0; i < n; ++i) {
        const double angle =
            2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
        const double radius = 3000.0 + 800.0 * std::sin(2.0 * angle + one) +
                              roughness_m * std::sin(17.0 * angle + two);
        ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

double furthest_from(const Ring& line, const Ring& vertices) {
    const Geometry border = Geometry::line(line).value();
    double most = 0.0;
    for (const PlaneXY& vertex : vertices) {
        most = std::max(most, border.distance_m(vertex));
    }
    return most;
}

TEST(SimplifyRing, KeepsTheBorderWithinTheToleranceAndSimple) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        const Ring ring = bulging(40 + seed * 7, seed, 10.0 + seed);
        const auto simple = simplify_ring(ring, Metres{50.0});
        ASSERT_TRUE(simple) << seed;
        EXPECT_LT(simple->size(), ring.size());
        EXPECT_EQ(simple->front(), ring.front());
        EXPECT_EQ(simple->back(), ring.front());
        EXPECT_LE(furthest_from(*simple, ring), 50.0 * (1.0 + 1e-12)) << seed;
        EXPECT_TRUE(Geometry::polygon(*simple).value().is_valid());
    }
}

TEST(SimplifyRing, IsWhatGeosGivesForARingThatIsNowhereNearItself) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        const Ring ring = bulging(200, seed, 60.0);
        const Geometry expected =
            geo::simplify(Geometry::polygon(ring).value(), Metres{50.0}).value();
        const Geometry found = Geometry::polygon(simplify_ring(ring, Metres{50.0}).value()).value();
        EXPECT_TRUE(found.equals_exactly(expected)) << seed;
    }
}

TEST(SimplifyRing, NeverGivesARingThatCrossesItself) {
    // A narrow inlet whose two shores swap places when their bends are cut.
    const Ring ring{{0, 0},     {1000, 0},  {1000, 990}, {520, 990}, {505, 300},
                    {530, 200}, {500, 100}, {495, 100},  {524, 200}, {499, 300},
                    {480, 990}, {0, 990},   {0, 0}};
    const auto simple = simplify_ring(ring, Metres{40.0});
    if (simple) {
        EXPECT_TRUE(Geometry::polygon(*simple).value().is_valid());
    }
    const Ring eight{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {0, 0}};
    EXPECT_FALSE(simplify_ring(eight, Metres{1.0}));
}

TEST(SimplifyRing, KeepsASmallRingARing) {
    const Ring small{{0, 0}, {1, 0}, {2, 1}, {1, 2}, {0, 2}, {-1, 1}, {0, 0}};
    const auto simple = simplify_ring(small, Metres{50.0});
    ASSERT_TRUE(simple);
    EXPECT_GE(simple->size(), 4U);
    EXPECT_GT(Geometry::polygon(*simple).value().area_m2(), 0.0);
}

} // namespace
} // namespace icmap::outline
