#include "outline/intruder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace icmap::outline {
namespace {

using geo::Geometry;

std::vector<PlaneXY> members() {
    std::mt19937 random(42);
    std::uniform_real_distribution<double> place(0.0, 8000.0);
    std::vector<PlaneXY> made;
    for (int i = 0; i < 200; ++i) {
        made.push_back(
            {430000.0 + std::round(place(random)), 380000.0 + std::round(place(random))});
    }
    return made;
}

/// The fault of the published map: the plain buffer of the hull of the exact positions.
Geometry guilty_outline(std::span<const PlaneXY> exact, double radius_m) {
    const Geometry hull = geo::concave_hull(Geometry::points(exact), 0.3).value();
    return geo::buffer(hull, Metres{radius_m}, 16).value();
}

TEST(Intruder, ReadsTheOutermostMembersOffAPlainBuffer) {
    const auto exact = members();
    const Geometry hull = geo::concave_hull(Geometry::points(exact), 0.3).value();
    const auto leaks = find_leaks(guilty_outline(exact, 600.0), exact);
    std::vector<std::size_t> found;
    for (const Leak& leak : leaks) {
        EXPECT_EQ(leak.kind, LeakKind::arc_centre);
        EXPECT_LT(leak.distance_m, 0.01) << "to the centimetre";
        found.push_back(leak.member);
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    // Every sharp corner of the hull; the flat ones have too short an arc.
    EXPECT_GT(found.size(), 5U);
}

TEST(Intruder, FindsThemWithTheKnownRadiusEvenWhereTheArcsWereSimplified) {
    const auto exact = members();
    const Geometry simplified = geo::simplify(guilty_outline(exact, 600.0), Metres{20}).value();
    IntruderOptions options;
    options.radius = Metres{600.0};
    EXPECT_FALSE(find_leaks(simplified, exact, options).empty());
    EXPECT_GE(find_leaks(simplified, exact, options).size(), find_leaks(simplified, exact).size());
}

TEST(Intruder, FindsAMemberThatIsAVertex) {
    const std::vector<PlaneXY> exact{{0, 0}, {1000, 0}, {1000, 900}, {10, 1000}};
    const auto leaks = find_leaks(geo::convex_hull(Geometry::points(exact)).value(), exact);
    const auto vertices = std::ranges::count(leaks, LeakKind::vertex, &Leak::kind);
    EXPECT_EQ(vertices, 5) << "four corners, the first of them twice";
}

TEST(Intruder, FindsAnArcThatRunsThroughTheRingsStart) {
    const std::vector<PlaneXY> exact{{435123, 387456}};
    const Geometry disc = geo::buffer(Geometry::point(exact.front()), Metres{600}, 8).value();
    EXPECT_FALSE(find_leaks(disc, exact).empty());
}

TEST(Intruder, FindsNothingInAnOutlineOfOtherPlaces) {
    const auto exact = members();
    std::vector<PlaneXY> moved = exact;
    for (PlaneXY& p : moved) {
        p.x_m += 33.3;
    }
    EXPECT_TRUE(find_leaks(guilty_outline(moved, 600.0), exact).empty());
    EXPECT_TRUE(find_leaks(Geometry(), exact).empty());
    EXPECT_TRUE(find_leaks(guilty_outline(moved, 600.0), {}).empty());
}

} // namespace
} // namespace icmap::outline
