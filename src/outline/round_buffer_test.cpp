#include "outline/round_buffer.hpp"

#include "outline/lattice_hull.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace icmap::outline {
namespace {

using geo::Geometry;

constexpr int kQuadrantSegments = 8;

Geometry shape_of(std::span<const PlaneXY> corners) {
    return corners.size() == 1   ? Geometry::point(corners.front())
           : corners.size() == 2 ? Geometry::line(corners).value()
                                 : Geometry::polygon(corners).value();
}

/// What GEOS makes of it, without holes.
Geometry judged(std::span<const PlaneXY> corners, Metres distance) {
    const Geometry wide = geo::buffer(shape_of(corners), distance, 8 * kQuadrantSegments).value();
    return Geometry::polygon(wide.parts().front().rings.front()).value();
}

/// The hull of cells of 250 m, never on whole metres.
std::vector<PlaneXY> hull_corners(const std::vector<Cell>& cells, double ratio) {
    std::vector<PlaneXY> corners;
    for (const Cell& cell : concave_hull(cells, ratio)) {
        corners.push_back({400'000.4 + 250.0 * static_cast<double>(cell.column),
                           300'000.4 + 250.0 * static_cast<double>(cell.row)});
    }
    return corners;
}

rc::Gen<std::vector<Cell>> any_cells(std::int64_t size) {
    const auto coordinate = rc::gen::inRange<std::int64_t>(-size, size + 1);
    return rc::gen::map(
        rc::gen::nonEmpty(rc::gen::container<std::vector<Cell>>(rc::gen::build<Cell>(
            rc::gen::set(&Cell::column, coordinate), rc::gen::set(&Cell::row, coordinate)))),
        [](std::vector<Cell> cells) {
            std::ranges::sort(cells);
            cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
            return cells;
        });
}

TEST(Disc, IsToTheBitWhatGeosDrawsAroundAPoint) {
    for (const PlaneXY centre :
         {PlaneXY{0.3819660112501051, 0.3819660112501051},
          PlaneXY{531'250.3819660112501051, 181'000.88}, PlaneXY{-5.3, 1'000'000.7}}) {
        for (const Metres radius : {Metres{181.9}, Metres{307.77}}) {
            const Geometry theirs =
                geo::buffer(Geometry::point(centre), radius, kQuadrantSegments).value();
            const Geometry ours =
                Geometry::polygon(disc(centre, radius, kQuadrantSegments)).value();
            EXPECT_EQ(ours.wkb(), theirs.wkb());
        }
    }
}

RC_GTEST_PROP(RoundBuffer, IsWhatGeosDrawsToWithinItsChords, ()) {
    const auto cells = *any_cells(*rc::gen::element<std::int64_t>(3, 8, 30));
    const auto corners = hull_corners(cells, *rc::gen::element(0.0, 0.1, 0.3, 1.0));
    const Metres distance{*rc::gen::element(190.0, 250.0, 600.0, 1375.0)};
    const auto ring = round_buffer(corners, distance, kQuadrantSegments);
    RC_CLASSIFY(!ring.has_value(), "left to GEOS");
    RC_PRE(ring.has_value());
    const Geometry ours = Geometry::polygon(*ring).value();
    RC_ASSERT(ours.is_valid());
    const Geometry theirs = judged(corners, distance);
    // Chords of a 32nd of a circle stay within 0.5 % of the radius; GEOS simplifies by up to 1 %.
    const Metres slack{0.016 * distance.value};
    RC_ASSERT(geo::buffer(ours, slack)->covers(theirs));
    RC_ASSERT(geo::buffer(theirs, slack)->covers(ours));
}

TEST(RoundBuffer, IsACircleAroundAPointAndACapsuleAroundALine) {
    const std::vector<PlaneXY> point{{5.0, 7.0}};
    EXPECT_EQ(round_buffer(point, Metres{10.0}, 8)->size(), 33U);
    const std::vector<PlaneXY> line{{0.0, 0.0}, {100.0, 0.0}};
    const Geometry capsule = Geometry::polygon(*round_buffer(line, Metres{10.0}, 8)).value();
    EXPECT_TRUE(capsule.is_valid());
    EXPECT_NEAR(capsule.area_m2(), 100.0 * 20.0 + 314.16, 3.0);
}

TEST(RoundBuffer, ClosesABayThatIsNarrowerThanTheBuffer) {
    const std::vector<PlaneXY> bay{{0, 0},       {4000, 0},    {4000, 3000}, {2400, 3000},
                                   {2300, 1000}, {2100, 1010}, {2000, 2900}, {0, 3000}};
    const auto ring = round_buffer(bay, Metres{600.0}, 8);
    ASSERT_TRUE(ring);
    const Geometry drawn = Geometry::polygon(*ring).value();
    EXPECT_TRUE(drawn.is_valid());
    EXPECT_TRUE(drawn.covers(PlaneXY{2200, 2500}));
    EXPECT_NEAR(drawn.area_m2() / judged(bay, Metres{600.0}).area_m2(), 1.0, 0.003);
}

TEST(RoundBuffer, IsCertainOfNearlyAllHullsOnAGrid) {
    int certain = 0;
    constexpr int kWorlds = 500;
    for (int world = 0; world < kWorlds; ++world) {
        std::vector<Cell> cells;
        std::uint64_t state = static_cast<std::uint64_t>(world) * 2 + 1;
        const auto next = [&state] {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return static_cast<std::int64_t>(state >> 33U);
        };
        for (int i = 0; i < 60 + world; ++i) {
            cells.push_back({next() % 40 + next() % 20, next() % 9 * (next() % 5)});
        }
        std::ranges::sort(cells);
        cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
        certain += round_buffer(hull_corners(cells, 0.3), Metres{600.0}, 8) ? 1 : 0;
    }
    EXPECT_GE(certain, kWorlds * 9 / 10);
}

} // namespace
} // namespace icmap::outline
