#include "geo/inscribed_circle.hpp"

#include "geo/geometry.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace icmap::geo {
namespace {

double depth_in(const Geometry& polygon, PlaneXY at) {
    const GeometryPart part = polygon.parts().front();
    double least = Geometry::line(part.rings.front()).value().distance_m(at);
    for (std::size_t i = 1; i < part.rings.size(); ++i) {
        least = std::min(least, Geometry::line(part.rings[i]).value().distance_m(at));
    }
    return polygon.covers(at) ? least : -least;
}

TEST(InscribedCentre, IsAsDeepAsAnyPlaceOnAFineGrid) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        std::mt19937 random(seed);
        std::uniform_real_distribution<double> share(0.2, 1.0);
        Ring ring;
        for (int i = 0; i < 24; ++i) {
            const double angle = 2.0 * std::numbers::pi * i / 24.0;
            const double radius = 4000.0 * share(random);
            ring.push_back({seed * 1e4 + 2.0 * radius * std::cos(angle), radius * std::sin(angle)});
        }
        const Geometry polygon = Geometry::polygon(ring).value();
        const auto found = inscribed_centre(edges_of(polygon), 20.0);
        ASSERT_TRUE(found) << seed;
        double deepest = 0.0;
        const Box box = polygon.bounds();
        for (double x = box.min_x; x < box.max_x; x += 100.0) {
            for (double y = box.min_y; y < box.max_y; y += 100.0) {
                deepest = std::max(deepest, depth_in(polygon, {x, y}));
            }
        }
        EXPECT_GE(depth_in(polygon, *found), deepest - 20.0) << seed;
    }
}

TEST(InscribedCentre, KeepsOutOfHolesAndGoesToTheLargestPart) {
    const Geometry two =
        Geometry::from_wkt("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 8 2, 8 8, 2 8, 2 "
                           "2)), ((20 0, 26 0, 26 6, 20 6, 20 0)))")
            .value();
    const auto found = inscribed_centre(edges_of(two), 0.01);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->x_m, 23.0, 0.1);
    EXPECT_NEAR(found->y_m, 3.0, 0.1);
}

TEST(InscribedCentre, IsNowhereWithoutAnInside) {
    EXPECT_FALSE(inscribed_centre({}, 1.0));
    const std::vector<Edge> line{make_edge({0, 0}, {10, 0}), make_edge({10, 0}, {0, 0})};
    EXPECT_FALSE(inscribed_centre(line, 1.0));
}

} // namespace
} // namespace icmap::geo
