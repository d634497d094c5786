#include "tiles/layer.hpp"

#include "base/parallel.hpp"
#include "tiles/clip.hpp"
#include "tiles/layer_test_tools.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <set>

namespace icmap::tiles {
namespace {

using geo::Geometry;
using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Geometry wkt(const std::string& text) {
    return Geometry::from_wkt(text).value();
}

TEST(TileId, KnowsItsSquareAndWhatExists) {
    const Box world = lon_lat_bounds({0, 0, 0});
    EXPECT_NEAR(world.min_x, -180.0, 1e-9);
    EXPECT_NEAR(world.max_y, 85.0511287798, 1e-9);
    const Box sheffield = lon_lat_bounds(tile_of({-1.47, 53.38}, 12));
    EXPECT_TRUE(sheffield.contains(-1.47, 53.38));
    EXPECT_TRUE(exists({3, 7, 7}));
    EXPECT_FALSE(exists({3, 8, 0}));
    EXPECT_FALSE(exists({23, 0, 0}));
}

TEST(Layer, CarriesEveryTypeOfAttributeAndStoresEachValueOnce) {
    const std::array<LonLat, 3> points{{{-1.47, 53.38}, {-1.471, 53.381}, {-1.472, 53.382}}};
    const std::array<std::optional<std::string_view>, 3> names{"Ångström & Co", "Acme", "Acme"};
    const std::array<std::optional<std::int64_t>, 3> sites{3, -7, std::nullopt};
    const std::array<std::optional<double>, 3> shares{0.25, kNaN, 1e300};
    const std::array<std::optional<bool>, 3> flags{true, std::nullopt, false};
    const auto layer =
        Layer::points("firms", points,
                      {Column::texts("name", names), Column::integers("sites", sites),
                       Column::numbers("share", shares), Column::booleans("rdi", flags)},
                      {11, 22, 33});
    ASSERT_TRUE(layer) << layer.error().message();
    const DecodedLayer decoded = only_layer(layer->tile(tile_of(points[0], 8)));
    EXPECT_EQ(decoded.name, "firms");
    EXPECT_EQ(decoded.version, 2U);
    EXPECT_EQ(decoded.extent, 4096U);
    ASSERT_EQ(decoded.features.size(), 3U);
    std::map<std::uint64_t, DecodedFeature> by_id;
    for (const auto& feature : decoded.features) {
        by_id[feature.id] = feature;
    }
    using Attributes = std::map<std::string, DecodedValue>;
    EXPECT_EQ(by_id[11].attributes, (Attributes{{"name", "Ångström & Co"},
                                                {"sites", std::int64_t{3}},
                                                {"share", 0.25},
                                                {"rdi", true}}));
    EXPECT_EQ(by_id[22].attributes, (Attributes{{"name", "Acme"}, {"sites", std::int64_t{-7}}}));
    EXPECT_EQ(by_id[33].attributes,
              (Attributes{{"name", "Acme"}, {"share", 1e300}, {"rdi", false}}));
    EXPECT_EQ(decoded.values.size(), 8U) << "Acme once";
    EXPECT_EQ(decoded.keys.size(), 4U);
}

RC_GTEST_PROP(Layer, PointsComeBackWithinHalfAStep, ()) {
    const double lon = *rc::gen::inRange(-17'999'999, 18'000'000) * 1e-5;
    const double lat = *rc::gen::inRange(-8'500'000, 8'500'000) * 1e-5;
    const auto zoom = static_cast<std::uint32_t>(*rc::gen::inRange(0, 17));
    const std::array<LonLat, 1> points{{{lon, lat}}};
    const TileId tile = tile_of(points[0], zoom);
    const auto layer = Layer::points("p", points, {});
    const DecodedLayer decoded = only_layer(layer->tile(tile));
    RC_ASSERT(decoded.features.size() == 1U);
    const WorldXY back = world_of(tile, decoded.features[0].paths[0][0]);
    const WorldXY asked = to_world(points[0]);
    // Half a step, and the 9 mm of the square's own steps.
    const double step = std::ldexp(1.0, -static_cast<int>(zoom)) / 4096.0;
    RC_ASSERT(std::abs(back.x - asked.x) <= 0.5 * step + std::ldexp(1.0, -32));
    RC_ASSERT(std::abs(back.y - asked.y) <= 0.5 * step + std::ldexp(1.0, -32));
}

TEST(Layer, EveryPointIsInExactlyOneTileOfAZoomAndInTheMarginOfItsNeighbours) {
    const auto points = scattered(3000, 1);
    LayerOptions options;
    options.buffer = 0;
    const auto bare = Layer::points("p", points, {}, {}, options);
    options.buffer = 200;
    const auto wide = Layer::points("p", points, {}, {}, options);
    std::multiset<std::uint64_t> seen;
    std::size_t with_margin = 0;
    const TileId first = tile_of({-1.95, 53.85}, 11);
    const TileId last = tile_of({-0.85, 53.05}, 11);
    for (std::uint32_t x = first.x; x <= last.x; ++x) {
        for (std::uint32_t y = first.y; y <= last.y; ++y) {
            for (const auto& layer : decode_tile(bare->tile({11, x, y}).bytes)) {
                for (const auto& feature : layer.features) {
                    const TileXY p = feature.paths[0][0];
                    // A point on the edge after rounding is in the margin of the next tile, too.
                    if (p.x < 4096 && p.y < 4096 && p.x > 0 && p.y > 0) {
                        seen.insert(feature.id);
                    }
                }
            }
            for (const auto& layer : decode_tile(wide->tile({11, x, y}).bytes)) {
                for (const auto& feature : layer.features) {
                    const TileXY p = feature.paths[0][0];
                    EXPECT_TRUE(p.x >= -200 && p.x <= 4296 && p.y >= -200 && p.y <= 4296);
                    ++with_margin;
                }
            }
        }
    }
    EXPECT_EQ(std::set<std::uint64_t>(seen.begin(), seen.end()).size(), seen.size());
    EXPECT_GT(seen.size(), 2990U);
    // A margin of 200 / 4096 on each side adds some 20 % of the points.
    EXPECT_NEAR(static_cast<double>(with_margin), 3000.0 * 1.205, 150.0);
}

TEST(Layer, WindsShellsAndHolesAsTheSpecificationSays) {
    const std::array<Geometry, 1> shapes{
        wkt("POLYGON ((-2 53, -2 54, -1 54, -1 53, -2 53), (-1.8 53.2, -1.2 53.2, -1.2 53.8, -1.8 "
            "53.8, -1.8 53.2))")};
    const auto layer = Layer::shapes("areas", shapes, {});
    const DecodedLayer decoded = only_layer(layer->tile({6, 31, 20}));
    ASSERT_EQ(decoded.features.size(), 1U);
    ASSERT_EQ(decoded.features[0].paths.size(), 2U);
    EXPECT_GT(twice_signed_area(decoded.features[0].paths[0]), 0);
    EXPECT_LT(twice_signed_area(decoded.features[0].paths[1]), 0);
}

TEST(Layer, ClippedPolygonsOfAllTilesAddUpToTheWhole) {
    const std::array<Geometry, 1> shapes{
        wkt("MULTIPOLYGON (((-2.3 53.1, -0.7 53.0, -1.1 54.2, -1.5 53.6, -2.1 54.0, -2.3 53.1)), "
            "((-0.5 53.5, -0.2 53.5, -0.2 53.9, -0.5 53.5)))")};
    LayerOptions options;
    options.buffer = 0;
    options.simplify = 0;
    const auto layer = Layer::shapes("areas", shapes, {}, {}, options);
    const auto area_at = [&layer](std::uint32_t zoom) {
        double area = 0.0;
        const TileId first = tile_of({-2.5, 54.5}, zoom);
        const TileId last = tile_of({0.0, 52.5}, zoom);
        for (std::uint32_t x = first.x; x <= last.x; ++x) {
            for (std::uint32_t y = first.y; y <= last.y; ++y) {
                for (const auto& decoded : decode_tile(layer->tile({zoom, x, y}).bytes)) {
                    for (const auto& path : decoded.features[0].paths) {
                        area += static_cast<double>(twice_signed_area(path)) *
                                std::ldexp(1.0, -2 * static_cast<int>(zoom));
                    }
                }
            }
        }
        return area;
    };
    EXPECT_NEAR(area_at(10) / area_at(6), 1.0, 0.002);
    EXPECT_NEAR(area_at(12) / area_at(6), 1.0, 0.002);
}

TEST(Layer, ATileInsideAPolygonIsFilledToItsMargin) {
    const std::array<Geometry, 1> shapes{wkt("POLYGON ((-5 50, 5 50, 5 56, -5 56, -5 50))")};
    const auto layer = Layer::shapes("areas", shapes, {});
    const DecodedLayer decoded = only_layer(layer->tile(tile_of({-1.4, 53.4}, 14)));
    EXPECT_EQ(twice_signed_area(decoded.features[0].paths[0]), 2 * 4256 * 4256);
    EXPECT_TRUE(layer->tile(tile_of({20.0, 53.4}, 14)).bytes.empty());
}

TEST(Layer, DropsWhatIsTooSmallToSeeAndKeepsItWhereItIsNot) {
    const std::array<Geometry, 2> shapes{
        wkt("POLYGON ((-1.4 53.4, -1.399 53.4, -1.399 53.401, -1.4 53.401, -1.4 53.4))"),
        wkt("LINESTRING (-1.4 53.4, -1.399 53.401)")};
    const auto layer = Layer::shapes("small", shapes, {});
    EXPECT_TRUE(layer->tile({0, 0, 0}).bytes.empty());
    EXPECT_EQ(only_layer(layer->tile(tile_of({-1.3995, 53.4005}, 14))).features.size(), 2U);
}

TEST(Layer, SimplifiesWithinItsToleranceAndMoreWhenSeenFromAfar) {
    std::string ring = "POLYGON ((";
    for (int i = 0; i < 20'000; ++i) {
        const double angle = i * 2.0 * 3.141592653589793 / 20'000;
        ring += std::to_string(-1.4 + 0.5 * std::cos(angle)) + " " +
                std::to_string(53.4 + 0.3 * std::sin(angle)) + ", ";
    }
    ring += "-0.9 53.4))";
    const std::array<Geometry, 1> shapes{wkt(ring)};
    const auto layer = Layer::shapes("areas", shapes, {});
    const auto vertices = [&layer](std::uint32_t zoom) {
        return only_layer(layer->tile(tile_of({-1.4, 53.4}, zoom))).features[0].paths[0].size();
    };
    EXPECT_LT(vertices(5), 40U);
    EXPECT_LT(vertices(5), vertices(7));
    EXPECT_LT(vertices(7), 400U);
}

TEST(Layer, CutsALineThatLeavesAndReturnsIntoItsParts) {
    const Box box = lon_lat_bounds({10, 507, 331});
    const double x = box.min_x;
    const double w = box.max_x - box.min_x;
    const double y = 0.5 * (box.min_y + box.max_y);
    const auto text = "LINESTRING (" + std::to_string(x + 0.2 * w) + " " + std::to_string(y) +
                      ", " + std::to_string(x + 3 * w) + " " + std::to_string(y) + ", " +
                      std::to_string(x + 3 * w) + " " + std::to_string(y + 0.01) + ", " +
                      std::to_string(x + 0.2 * w) + " " + std::to_string(y + 0.01) + ")";
    const std::array<Geometry, 1> shapes{wkt(text)};
    const auto layer = Layer::shapes("lines", shapes, {});
    const DecodedLayer decoded = only_layer(layer->tile({10, 507, 331}));
    ASSERT_EQ(decoded.features[0].paths.size(), 2U);
    EXPECT_EQ(decoded.features[0].paths[0].back().x, 4096 + 80);
}

TEST(Layer, IsTheSameOnOneThreadAndOnMany) {
    const auto points = scattered(20'000, 4);
    LayerOptions options;
    options.max_points = 500;
    const auto many = Layer::points("p", points, {}, {}, options);
    const ThreadLimit one(1);
    const auto single = Layer::points("p", points, {}, {}, options);
    for (std::uint32_t zoom = 0; zoom < 15; ++zoom) {
        const TileId id = tile_of({-1.3, 53.3}, zoom);
        EXPECT_EQ(many->tile(id).bytes, single->tile(id).bytes);
    }
}

TEST(Layer, RefusesLengthsThatDifferNamesTwiceAndOptionsOutOfRange) {
    const std::array<LonLat, 2> points{{{0, 0}, {1, 1}}};
    const std::array<std::optional<std::int64_t>, 1> one{1};
    const std::array<std::optional<std::int64_t>, 2> two{1, 2};
    EXPECT_THAT(Layer::points("p", points, {Column::integers("a", one)}).error().message(),
                HasSubstr("has 2 features, but column \"a\" has 1 values"));
    EXPECT_THAT(Layer::points("p", points, {Column::integers("a", two), Column::integers("a", two)})
                    .error()
                    .message(),
                HasSubstr("two columns named \"a\""));
    EXPECT_FALSE(Layer::points("p", points, {Column::integers("point_count", two)}));
    EXPECT_FALSE(Layer::points("p", points, {}, {1}));
    EXPECT_FALSE(Layer::points("", points, {}));
    EXPECT_FALSE(Layer::points("p", points, {}, {}, {.extent = 100}));
    EXPECT_FALSE(Layer::points("p", points, {}, {}, {.buffer = 5000}));
    EXPECT_FALSE(Layer::points("p", points, {}, {}, {.max_points = 0}));
}

TEST(Layer, HoldsWithNothingInItAndWithPlacesThatAreNotFinite) {
    const auto empty = Layer::points("p", {}, {});
    EXPECT_TRUE(empty->tile({0, 0, 0}).bytes.empty());
    EXPECT_GT(empty->lon_lat_bounds().min_x, empty->lon_lat_bounds().max_x);
    const std::array<LonLat, 2> points{{{kNaN, 53.0}, {-1.4, 53.4}}};
    const auto layer = Layer::points("p", points, {});
    EXPECT_EQ(layer->tile({0, 0, 0}).features, 1U);
    EXPECT_TRUE(layer->tile({1, 5, 5}).bytes.empty());
    const std::array<Geometry, 1> nothing{Geometry()};
    EXPECT_TRUE(Layer::shapes("s", nothing, {})->tile({0, 0, 0}).bytes.empty());
}

TEST(Layer, GdalReadsTheTileAsWeWroteIt) {
    if (std::system("ogrinfo --version > /dev/null 2>&1") != 0) { // NOLINT: a test
        GTEST_SKIP() << "ogrinfo is not here: apt-get install gdal-bin";
    }
    const std::array<LonLat, 2> points{{{-1.47, 53.38}, {-1.43, 53.40}}};
    const std::array<std::optional<std::string_view>, 2> names{"Acme", "Ångström"};
    const std::array<Geometry, 1> shapes{
        wkt("POLYGON ((-1.5 53.3, -1.5 53.45, -1.42 53.45, -1.42 53.3, -1.5 53.3), "
            "(-1.46 53.35, -1.44 53.35, -1.44 53.36, -1.46 53.35))")};
    const std::array<std::optional<double>, 1> shares{0.5};
    const TileId id = tile_of(points[0], 9);
    const std::string bytes =
        Layer::points("firms", points, {Column::texts("name", names)})->tile(id).bytes +
        Layer::shapes("areas", shapes, {Column::numbers("share", shares)})->tile(id).bytes;
    const auto file = std::filesystem::path(testing::TempDir()) / "icmap-tile.mvt";
    std::ofstream(file, std::ios::binary) << bytes;
    const std::string command = "ogrinfo -al -oo X=" + std::to_string(id.x) +
                                " -oo Y=" + std::to_string(id.y) + " -oo Z=9 MVT:" + file.string() +
                                " 2>&1";
    std::string told;
    FILE* pipe = popen(command.c_str(), "r"); // NOLINT: a test
    ASSERT_NE(pipe, nullptr);
    std::array<char, 4096> buffer{};
    while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        told.append(buffer.data(), n);
    }
    EXPECT_EQ(pclose(pipe), 0) << told;
    EXPECT_THAT(told, HasSubstr("Layer name: firms"));
    EXPECT_THAT(told, HasSubstr("Feature Count: 2"));
    EXPECT_THAT(told, HasSubstr("name (String) = Ångström"));
    EXPECT_THAT(told, HasSubstr("Layer name: areas"));
    EXPECT_THAT(told, HasSubstr("share (Real) = 0.5"));
    EXPECT_THAT(told, testing::ContainsRegex("MULTIPOLYGON \\(\\(\\([^)]*\\),\\(")) << "a hole";
    EXPECT_THAT(told, testing::Not(HasSubstr("Warning")));
    EXPECT_THAT(told, testing::Not(HasSubstr("ERROR")));
}

} // namespace
} // namespace icmap::tiles
