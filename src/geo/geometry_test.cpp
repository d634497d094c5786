#include "geo/geometry.hpp"

#include "geo/projection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace icmap::geo {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Geometry wkt(const char* text) {
    auto made = Geometry::from_wkt(text);
    if (!made) {
        throw std::runtime_error(made.error().message());
    }
    return std::move(*made);
}

const char* const kSquareWithHole =
    "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (40 40, 40 60, 60 60, 60 40, 40 40))";

TEST(Geometry, ComesBackFromWellKnownBinaryToTheBit) {
    for (const char* text :
         {kSquareWithHole, "POINT (0.1 0.2)", "LINESTRING (0 0, 1 1.5)",
          "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
          "MULTIPOINT ((1 1), (2 2))", "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))"}) {
        const Geometry original = wkt(text);
        const auto back = Geometry::from_wkb(original.wkb());
        ASSERT_TRUE(back) << back.error().message();
        EXPECT_TRUE(back->equals_exactly(original)) << text;
    }
}

TEST(Geometry, WritesIsoBinaryThatOtherProgramsRead) {
    // 1 byte little endian, type 1, two doubles: OGC 06-103r4.
    const std::string bytes = wkt("POINT (1 2)").wkb();
    ASSERT_EQ(bytes.size(), 21U);
    EXPECT_EQ(bytes.substr(0, 5), std::string("\x01\x01\x00\x00\x00", 5));
}

TEST(Geometry, RefusesWhatIsNoGeometry) {
    EXPECT_EQ(Geometry::from_wkb("\x01\x03 rubbish").error().kind, ErrorKind::input);
    EXPECT_EQ(Geometry::from_wkb("").error().kind, ErrorKind::input);
    EXPECT_THAT(Geometry::from_wkt("POLIGON ((0 0))").error().message(),
                HasSubstr("not well-known text"));
    const PlaneXY nan{std::numeric_limits<double>::quiet_NaN(), 0.0};
    EXPECT_FALSE(Geometry::line(std::array{PlaneXY{0, 0}, nan}));
    EXPECT_FALSE(Geometry::polygon(std::array{PlaneXY{0, 0}, PlaneXY{1, 1}}));
    EXPECT_FALSE(Geometry::line(std::array{PlaneXY{0, 0}}));
    const std::string bad = Geometry::point(nan).wkb();
    EXPECT_FALSE(Geometry::from_wkb(bad));
}

TEST(Geometry, WritesGeojsonWithShellsAnticlockwiseAndFixedDecimals) {
    EXPECT_EQ(wkt("POLYGON ((0 0, 0 1, 1.123456789 1, 0 0))").geojson(6),
              R"({"type":"Polygon","coordinates":[[[0,0],[1.123457,1],[0,1],[0,0]]]})");
    EXPECT_EQ(wkt("MULTIPOINT ((1.5 2), (-0.0000001 3))").geojson(3),
              R"({"type":"MultiPoint","coordinates":[[1.5,2],[0,3]]})");
    EXPECT_EQ(
        wkt("GEOMETRYCOLLECTION (POINT (100 200), LINESTRING (0 0, 1 1))").geojson(0),
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[100,200]},)"
        R"({"type":"LineString","coordinates":[[0,0],[1,1]]}]})");
    EXPECT_EQ(Geometry().geojson(6), R"({"type":"GeometryCollection","geometries":[]})");
}

TEST(Geometry, WritesWellKnownTextWithAtMostSoManyDecimals) {
    EXPECT_EQ(wkt("POINT (1.23456789 100)").wkt(6), "POINT (1.234568 100)");
    EXPECT_EQ(wkt("POINT (123456.7 -2)").wkt(3), "POINT (123456.7 -2)");
}

TEST(Geometry, KnowsItsSizeAndItsPlaces) {
    const Geometry square = wkt(kSquareWithHole);
    EXPECT_DOUBLE_EQ(square.area_m2(), 9600.0);
    EXPECT_DOUBLE_EQ(square.length_m(), 480.0);
    EXPECT_EQ(square.centroid(), (PlaneXY{50.0, 50.0}));
    EXPECT_EQ(square.vertex_count(), 10U);
    EXPECT_EQ(square.kind(), GeometryKind::polygons);
    const Box box = square.bounds();
    EXPECT_TRUE(box.min_x == 0 && box.min_y == 0 && box.max_x == 100 && box.max_y == 100);
    EXPECT_TRUE(square.covers(PlaneXY{0, 50})) << "the border belongs to it";
    EXPECT_FALSE(square.covers(PlaneXY{50, 50}));
    EXPECT_DOUBLE_EQ(square.distance_m({50, 50}), 10.0);
    EXPECT_DOUBLE_EQ(square.distance_m({10, 10}), 0.0);
}

TEST(Geometry, PutsItsLabelInsideWhereTheCentroidIsNot) {
    const Geometry crescent =
        wkt("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 90, 90 90, 90 10, 0 10, 0 0))");
    EXPECT_FALSE(crescent.covers(crescent.centroid()));
    EXPECT_TRUE(crescent.covers(crescent.label_point()));
    // The middle of the widest place of a keyhole is its label, not the middle of the box.
    const Geometry keyhole =
        wkt("POLYGON ((0 0, 40 0, 40 18, 100 18, 100 22, 40 22, 40 40, 0 40, 0 0))");
    EXPECT_NEAR(keyhole.label_point().x_m, 20.0, 2.0);
    EXPECT_NEAR(keyhole.label_point().y_m, 20.0, 2.0);
    EXPECT_TRUE(
        wkt("LINESTRING (0 0, 10 0)").distance_m(wkt("LINESTRING (0 0, 10 0)").label_point()) <
        1e-9);
    EXPECT_TRUE(std::isnan(Geometry().label_point().x_m));
}

TEST(Geometry, CopiesAreDeepAndEmptyOnesAreEmpty) {
    Geometry a = wkt("POINT (1 1)");
    const Geometry b = a;
    a = Geometry();
    EXPECT_FALSE(b.is_empty());
    EXPECT_TRUE(a.is_empty());
    EXPECT_EQ(a.kind(), GeometryKind::empty);
    EXPECT_GT(a.bounds().min_x, a.bounds().max_x);
    EXPECT_TRUE(std::isinf(a.distance_m({0, 0})));
}

TEST(Geometry, MendsAPolygonThatCrossesItselfAndSaysSo) {
    const Geometry bow_tie = wkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))");
    EXPECT_FALSE(bow_tie.is_valid());
    const auto mended = mend(bow_tie);
    ASSERT_TRUE(mended) << mended.error().message();
    EXPECT_TRUE(mended->changed);
    EXPECT_THAT(mended->reason, StartsWith("Self-intersection at (5, 5)"));
    EXPECT_TRUE(mended->geometry.is_valid());
    EXPECT_EQ(mended->geometry.kind(), GeometryKind::polygons);
    EXPECT_DOUBLE_EQ(mended->geometry.area_m2(), 50.0);
    const auto untouched = mend(wkt(kSquareWithHole));
    EXPECT_FALSE(untouched->changed);
    EXPECT_EQ(untouched->reason, "");
}

TEST(Geometry, UnitesIntersectsAndTakesAway) {
    const std::array boxes{Geometry::box({0, 0, 10, 10}), Geometry::box({5, 0, 15, 10}),
                           Geometry::box({100, 0, 110, 10})};
    const auto united = unite(boxes);
    EXPECT_DOUBLE_EQ(united->area_m2(), 250.0);
    EXPECT_EQ(united->part_count(), 2U);
    EXPECT_DOUBLE_EQ(intersection(boxes[0], boxes[1])->area_m2(), 50.0);
    EXPECT_DOUBLE_EQ(difference(boxes[0], boxes[1])->area_m2(), 50.0);
    EXPECT_TRUE(intersection(boxes[0], boxes[2])->is_empty());
    EXPECT_TRUE(boxes[0].intersects(boxes[1]));
    EXPECT_FALSE(boxes[0].intersects(boxes[2]));
}

TEST(Geometry, TellsGeossWordsWhereAnOperationFails) {
    const Geometry bow_tie = wkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))");
    const auto failed = intersection(bow_tie, wkt("POLYGON ((0 4, 10 4, 10 6, 0 6, 0 4))"));
    if (!failed) { // GEOS's overlay may also cope
        EXPECT_EQ(failed.error().kind, ErrorKind::internal);
        EXPECT_THAT(failed.error().what, HasSubstr("intersection"));
    }
}

TEST(Geometry, BuffersAndSimplifiesInMetres) {
    const Geometry disc = buffer(Geometry::point({0, 0}), Metres{1000}, 16).value();
    EXPECT_NEAR(disc.area_m2(), 3.14159 * 1e6, 0.01 * 1e6);
    EXPECT_TRUE(disc.covers(PlaneXY{0, 999}));
    EXPECT_FALSE(disc.covers(PlaneXY{0, 1001}));
    const Geometry coarse = simplify(disc, Metres{50}).value();
    EXPECT_LT(coarse.vertex_count(), disc.vertex_count());
    EXPECT_TRUE(coarse.is_valid());
}

TEST(Geometry, TheConcaveHullOfAnEllIsSmallerThanTheConvexAndCoversAll) {
    std::vector<PlaneXY> ell;
    for (int i = 0; i <= 10; ++i) {
        for (int j = 0; j <= 2; ++j) {
            ell.push_back({i * 10.0, j * 10.0});
            ell.push_back({j * 10.0, i * 10.0});
        }
    }
    const Geometry points = Geometry::points(ell);
    const Geometry hull = concave_hull(points, 0.2).value();
    EXPECT_TRUE(hull.covers(points));
    EXPECT_LT(hull.area_m2(), 0.8 * convex_hull(points)->area_m2());
    EXPECT_EQ(
        concave_hull(Geometry::points(std::vector<PlaneXY>{{0, 0}, {5, 5}, {9, 9}}), 0.2)->kind(),
        GeometryKind::lines);
    EXPECT_EQ(concave_hull(Geometry::point({1, 1}), 0.2)->kind(), GeometryKind::points);
}

TEST(Geometry, GoesToDegreesTogetherAsAlone) {
    const Projection grid = Projection::create("EPSG:27700").value();
    const std::vector<Geometry> planes{
        wkt("MULTIPOLYGON (((430000 380000, 440000 380000, 440000 390000, 430000 380000), "
            "(436000 382000, 439000 383000, 438000 385000, 436000 382000)), ((450000 380000, "
            "451000 380000, 451000 381000, 450000 380000)))"),
        Geometry(), wkt("POINT (435000 387000)"), wkt("LINESTRING (100000 20000, 650000 290000)"),
        Geometry::box({430000, 380000, 440000, 390000})};
    const auto together = to_lon_lat(planes, grid).value();
    ASSERT_EQ(together.size(), planes.size());
    for (std::size_t i = 0; i < planes.size(); ++i) {
        const auto alone = transform(planes[i], [&grid](std::span<PlaneXY> positions) {
            for (PlaneXY& p : positions) {
                const LonLat degrees = grid.to_lon_lat(p);
                p = {degrees.lon, degrees.lat};
            }
        });
        EXPECT_EQ(together[i].wkb(), alone->wkb()) << i;
    }
}

TEST(Geometry, GoesToThePlaneAndBack) {
    const Projection grid = Projection::create("EPSG:27700").value();
    const Geometry square = Geometry::box({430000, 380000, 440000, 390000});
    const Geometry degrees = to_lon_lat(square, grid).value();
    EXPECT_NEAR(degrees.bounds().min_x, -1.55, 0.05);
    const Geometry back = to_plane(degrees, grid).value();
    EXPECT_NEAR(back.area_m2(), square.area_m2(), 100.0);
    EXPECT_FALSE(to_lon_lat(std::vector{square, wkt("POINT (1e12 1e12)")}, grid));
    const auto failed = to_lon_lat(wkt("POINT (1e12 1e12)"), grid);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::input);
    EXPECT_THAT(failed.error().message(), HasSubstr("swapped"));
}

} // namespace
} // namespace icmap::geo
