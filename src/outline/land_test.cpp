#include "outline/land.hpp"

#include <array>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace icmap::outline {
namespace {

/// An island of 500 by 300 km with a bay cut into its south side.
geo::Geometry island() {
    const std::array<PlaneXY, 7> shore{PlaneXY{0, 0}, {200e3, 0},     {250e3, 150e3}, {300e3, 0},
                                       {500e3, 0},    {500e3, 300e3}, {0, 300e3}};
    return geo::Geometry::polygon(shore).value();
}

TEST(Land, CutsABoxLikeTheWholeLandDoes) {
    const auto land = island();
    const Land prepared = Land::make(land).value();
    for (double x = 5e3; x < 500e3; x += 37e3) {
        for (double y = 5e3; y < 300e3; y += 23e3) {
            const double half = static_cast<int>(x / 37e3) % 2 == 0 ? 20e3 : 3e3;
            const Box box{x - half, y - 0.7 * half, x + half, y + 0.7 * half};
            const auto whole = geo::intersection(land, geo::Geometry::box(box)).value();
            const LandPiece* around = prepared.around(box, Metres{1e3});
            const double area_m2 =
                around == nullptr ? geo::Geometry::box(box).area_m2()
                                  : geo::intersection(around->geometry(), geo::Geometry::box(box))
                                        .value()
                                        .area_m2();
            EXPECT_NEAR(whole.area_m2(), area_m2, 1e-3) << x << ", " << y;
        }
    }
}

TEST(Land, GivesAPieceSmallerThanItself) {
    const Land prepared = Land::make(island()).value();
    EXPECT_LT(prepared.around({50e3, -1e3, 60e3, 9e3}, Metres{1e3})->geometry().area_m2(),
              0.05 * island().area_m2());
}

TEST(Land, GivesAllOfItselfToABoxTooWideForAPiece) {
    const Land prepared = Land::make(island()).value();
    EXPECT_DOUBLE_EQ(prepared.around({0, 0, 400e3, 100e3}, Metres{1e3})->geometry().area_m2(),
                     island().area_m2());
}

TEST(Land, IsNothingToClipToInland) {
    const Land prepared = Land::make(island()).value();
    EXPECT_EQ(prepared.around({50e3, 50e3, 60e3, 60e3}, Metres{1e3}), nullptr);
    EXPECT_NE(prepared.around({50e3, 50e3, 60e3, 60e3}, Metres{60e3}), nullptr);
    EXPECT_NE(prepared.around({-60e3, 50e3, -50e3, 60e3}, Metres{1e3}), nullptr) << "at sea";
    EXPECT_NE(prepared.around({249e3, 20e3, 251e3, 30e3}, Metres{1e3}), nullptr) << "in the bay";
}

/// A comb along a coast: teeth of land, and a lake.
LandPiece comb() {
    geo::Ring shell{{0, 0}, {100, 0}, {100, 60}};
    for (int tooth = 9; tooth >= 0; --tooth) {
        shell.push_back({10.0 * tooth + 5.0, 60.0 + 3.0 * tooth});
        shell.push_back({10.0 * tooth + 2.0, 35.0});
        shell.push_back({10.0 * tooth, 62.0});
    }
    const std::vector<geo::Ring> lakes{{{40, 10}, {50, 12}, {45, 20}}};
    return LandPiece(geo::Geometry::polygon(shell, lakes).value());
}

RC_GTEST_PROP(LandPiece, CoversWhatGeosSaysThatItCovers, ()) {
    static const LandPiece land = comb();
    // Whole numbers touch and overlap borders often, others hardly ever.
    const double off = *rc::gen::element(0.0, 0.37);
    const auto at = [off](int least, int most) {
        return rc::gen::map(rc::gen::inRange(least, most), [off](int i) { return i + off; });
    };
    const double x = *at(-5, 100);
    const double y = *at(-5, 80);
    const double size = *rc::gen::element(1.0, 4.0, 11.0, 60.0);
    const geo::Ring ring{{x, y}, {x + size, y + *at(-3, 3)}, {x + 0.5 * size, y + size}};
    const auto polygon = geo::Geometry::polygon(ring).value();
    RC_PRE(polygon.is_valid());
    RC_CLASSIFY(land.geometry().covers(polygon), "covered");
    RC_ASSERT(land.covers(polygon) == land.geometry().covers(polygon));
}

TEST(Land, IsNothingToClipToWhereThereIsNone) {
    EXPECT_EQ(Land::make(geo::Geometry()).value().around({0, 0, 1, 1}, Metres{1e3}), nullptr);
}

} // namespace
} // namespace icmap::outline
