#include "outline/lattice_hull.hpp"

#include "geo/geometry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <random>

namespace icmap::outline {
namespace {

using geo::Geometry;

std::vector<PlaneXY> centres(std::span<const Cell> cells) {
    std::vector<PlaneXY> places;
    for (const Cell& cell : cells) {
        places.push_back({static_cast<double>(cell.column), static_cast<double>(cell.row)});
    }
    return places;
}

rc::Gen<std::vector<Cell>> any_cells() {
    // On a narrow board lines, squares and whole blocks of neighbours are common.
    const auto coordinate = rc::gen::inRange<std::int64_t>(-6, 7);
    return rc::gen::map(
        rc::gen::nonEmpty(rc::gen::container<std::vector<Cell>>(rc::gen::build<Cell>(
            rc::gen::set(&Cell::column, coordinate), rc::gen::set(&Cell::row, coordinate)))),
        [](std::vector<Cell> cells) {
            std::ranges::sort(cells);
            cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
            return cells;
        });
}

/// Cells of a town: dense in its middle, with arms.
std::vector<Cell> town(std::size_t n, double size, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> spread(0.0, size);
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < n; ++i) {
        const double arm = i % 3 == 0 ? 4.0 : 1.0;
        cells.push_back({static_cast<std::int64_t>(arm * spread(random)),
                         static_cast<std::int64_t>(spread(random))});
    }
    std::ranges::sort(cells);
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
}

double area_of(const std::vector<Cell>& ring) {
    std::int64_t twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        twice += turn(ring[0], ring[i], ring[(i + 1) % ring.size()]);
    }
    return static_cast<double>(twice) / 2.0;
}

RC_GTEST_PROP(Triangulation, HoldsNoCellInACircleAndFillsTheConvexHull, ()) {
    const auto cells = *any_cells();
    const LatticeTriangulation mesh = triangulate(cells);
    std::int64_t twice = 0;
    for (std::uint32_t edge = 0; edge < mesh.corner.size(); ++edge) {
        const std::uint32_t other = mesh.twin[edge];
        if (other != LatticeTriangulation::kNone) {
            RC_ASSERT(mesh.twin[other] == edge);
            RC_ASSERT(mesh.corner[other] == mesh.corner[LatticeTriangulation::next(edge)]);
        }
        if (edge % 3 == 0) {
            const Cell& a = cells[mesh.corner[edge]];
            const Cell& b = cells[mesh.corner[edge + 1]];
            const Cell& c = cells[mesh.corner[edge + 2]];
            RC_ASSERT(turn(a, b, c) > 0);
            twice += turn(a, b, c);
            RC_ASSERT(std::ranges::none_of(
                cells, [&](const Cell& d) { return is_in_circle(a, b, c, d); }));
        }
    }
    const Geometry convex = geo::convex_hull(Geometry::points(centres(cells))).value();
    RC_ASSERT(static_cast<double>(twice) == 2.0 * convex.area_m2());
}

RC_GTEST_PROP(LatticeHull, IsASimplePolygonThatCoversAllCells, ()) {
    const auto cells = *any_cells();
    const double ratio = *rc::gen::element(0.0, 0.1, 0.3, 0.7, 1.0);
    const std::vector<Cell> hull = concave_hull(cells, ratio);
    if (hull.size() < 3) {
        RC_ASSERT(hull.front() == cells.front());
        RC_ASSERT(hull.back() == cells.back());
        RC_ASSERT(std::ranges::all_of(
            cells, [&](const Cell& c) { return turn(hull.front(), hull.back(), c) == 0; }));
        return;
    }
    const Geometry polygon = Geometry::polygon(centres(hull)).value();
    RC_ASSERT(polygon.is_valid());
    RC_ASSERT(area_of(hull) > 0.0);
    for (const PlaneXY place : centres(cells)) {
        RC_ASSERT(polygon.covers(place));
    }
    for (std::size_t i = 0; i < hull.size(); ++i) {
        RC_ASSERT(turn(hull[i], hull[(i + 1) % hull.size()], hull[(i + 2) % hull.size()]) != 0);
    }
}

RC_GTEST_PROP(LatticeHull, IsTheConvexHullAtRatioOne, ()) {
    const auto cells = *any_cells();
    const std::vector<Cell> hull = concave_hull(cells, 1.0);
    const Geometry convex = geo::convex_hull(Geometry::points(centres(cells))).value();
    RC_ASSERT(hull.size() < 3 || area_of(hull) == convex.area_m2());
}

TEST(LatticeHull, TakesNoMoreAndNoLessThanGeosButForTheChoiceOfDiagonals) {
    for (const double ratio : {0.1, 0.3, 0.6}) {
        double ours = 0.0;
        double theirs = 0.0;
        for (unsigned seed = 0; seed < 200; ++seed) {
            const auto cells = town(20 + 7 * seed, 3.0 + seed % 11, seed);
            const Geometry all = Geometry::points(centres(cells));
            ours += area_of(concave_hull(cells, ratio));
            theirs += geo::concave_hull(all, ratio)->area_m2();
        }
        EXPECT_NEAR(ours / theirs, 1.0, 0.02) << ratio;
    }
}

TEST(Triangulation, TellsWhatIsInACircleAlikeWhereNumbersGrowWide) {
    for (const std::int64_t far : {3L, (1L << 14) - 1, 1L << 14, (1L << 14) + 1, 1L << 20}) {
        EXPECT_TRUE(is_in_circle({-far, 0}, {0, -far}, {far, 0}, {1, far - 1})) << far;
        EXPECT_FALSE(is_in_circle({-far, 0}, {0, -far}, {far, 0}, {0, far})) << far;
        EXPECT_FALSE(is_in_circle({-far, 0}, {0, -far}, {far, 0}, {1, far})) << far;
        EXPECT_TRUE(is_in_circle({0, 0}, {far, 0}, {far, far}, {1, far - 1})) << far;
        EXPECT_FALSE(is_in_circle({0, 0}, {far, 0}, {far, far}, {0, far})) << far;
        EXPECT_FALSE(is_in_circle({0, 0}, {far, 0}, {far, far}, {-1, far})) << far;
    }
}

TEST(LatticeHull, IsExactForCellsFarApart) {
    // In 64 bits the circle through these would be a guess.
    const std::int64_t far = kMostLatticeSpan;
    const std::vector<Cell> cells{{0, 0}, {0, far}, {far / 2, far / 2}, {far, 0}, {far, far}};
    EXPECT_EQ(triangulate(cells).corner.size(), 4U * 3U);
    EXPECT_TRUE(is_in_circle({0, 0}, {far, 0}, {far, far}, {1, far - 1}));
    EXPECT_FALSE(is_in_circle({0, 0}, {far, 0}, {far, far}, {0, far}));
}

} // namespace
} // namespace icmap::outline
