#include "pipeline/land_pieces.hpp"

#include <array>
#include <gtest/gtest.h>

namespace icmap::pipeline {
namespace {

/// An island of 500 by 300 km with a bay cut into its south side.
geo::Geometry island() {
    const std::array<PlaneXY, 7> shore{PlaneXY{0, 0}, {200e3, 0},     {250e3, 150e3}, {300e3, 0},
                                       {500e3, 0},    {500e3, 300e3}, {0, 300e3}};
    return geo::Geometry::polygon(shore).value();
}

TEST(LandPieces, CutABoxLikeTheWholeLandDoes) {
    const auto land = island();
    const auto pieces = LandPieces::cut(land).value();
    for (double x = 5e3; x < 500e3; x += 37e3) {
        for (double y = 5e3; y < 300e3; y += 23e3) {
            const Box box{x - 20e3, y - 15e3, x + 20e3, y + 15e3};
            const auto whole = geo::intersection(land, geo::Geometry::box(box)).value();
            const auto part =
                geo::intersection(*pieces.around(box, Metres{1e3}), geo::Geometry::box(box))
                    .value();
            EXPECT_NEAR(whole.area_m2(), part.area_m2(), 1e-3) << x << ", " << y;
        }
    }
}

TEST(LandPieces, AreSmallerThanTheLand) {
    const auto pieces = LandPieces::cut(island()).value();
    EXPECT_LT(pieces.around({50e3, 50e3, 60e3, 60e3}, Metres{1e3})->area_m2(),
              0.5 * island().area_m2());
}

TEST(LandPieces, GiveTheWholeLandToABoxTooWideForAPiece) {
    const auto pieces = LandPieces::cut(island()).value();
    EXPECT_DOUBLE_EQ(pieces.around({0, 0, 400e3, 100e3}, Metres{1e3})->area_m2(),
                     island().area_m2());
}

TEST(LandPieces, AreNothingWhereThereIsNoLand) {
    EXPECT_EQ(LandPieces::cut(geo::Geometry()).value().around({0, 0, 1, 1}, Metres{1e3}), nullptr);
}

} // namespace
} // namespace icmap::pipeline
