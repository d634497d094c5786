#include "tiles/layer_test_tools.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

namespace icmap::tiles {
namespace {

TEST(Layer, ThinsPointsToTheLimitAndSaysHowManyItLeftOut) {
    const auto points = scattered(50'000, 2);
    std::vector<std::optional<std::int64_t>> rank;
    for (std::size_t i = 0; i < points.size(); ++i) {
        rank.emplace_back(static_cast<std::int64_t>(i));
    }
    LayerOptions options;
    options.max_points = 2000;
    const auto layer = Layer::points("p", points, {Column::integers("rank", rank)}, {}, options);
    for (std::uint32_t zoom = 0; zoom <= 14; ++zoom) {
        const TileId id = tile_of({-1.4, 53.45}, zoom);
        const LayerTile tile = layer->tile(id);
        EXPECT_LE(tile.features, 2000U);
        const DecodedLayer decoded = only_layer(tile);
        std::uint64_t represented = 0;
        std::size_t own = 0;
        for (const auto& feature : decoded.features) {
            const TileXY p = feature.paths[0][0];
            // Ids and attributes are those of the point itself.
            EXPECT_EQ(std::get<std::int64_t>(feature.attributes.at("rank")),
                      static_cast<std::int64_t>(feature.id));
            const TileId at = tile_of(points[feature.id], zoom);
            if (at == id) {
                represented += count_of(feature);
                ++own;
            }
            const WorldXY back = world_of(id, p);
            EXPECT_NEAR(back.x, to_world(points[feature.id]).x,
                        std::ldexp(1.0, -12 - static_cast<int>(zoom)));
        }
        EXPECT_EQ(represented, own + tile.left_out) << "zoom " << zoom;
        if (zoom == 0) {
            EXPECT_EQ(represented, 50'000U);
        }
    }
    EXPECT_EQ(layer->tile(tile_of({-1.4, 53.45}, 14)).left_out, 0U);
}

TEST(Layer, ARepresentativeIsThePointOfLowestIndexInItsCell) {
    std::vector<LonLat> points = scattered(5000, 3);
    LayerOptions options;
    options.max_points = 10;
    const auto layer = Layer::points("p", points, {}, {}, options);
    const DecodedLayer decoded = only_layer(layer->tile({0, 0, 0}));
    std::set<std::uint64_t> ids;
    for (const auto& feature : decoded.features) {
        ids.insert(feature.id);
    }
    EXPECT_TRUE(ids.contains(0)) << "the first point of all is the first of its cell";
    EXPECT_LE(ids.size(), 10U);
}

TEST(Layer, TheLeastRankStandsForItsCellAndMayComeInAnyOrder) {
    const std::array<LonLat, 3> points{{{-1.4, 53.4}, {-1.4001, 53.4}, {-1.4, 53.4001}}};
    const std::array<std::uint32_t, 3> ranks{7, 2, 5};
    const std::array<std::optional<std::string_view>, 3> names{"a", "b", "c"};
    LayerOptions options;
    options.max_points = 1;
    options.ranks = ranks;
    const auto layer =
        Layer::points("p", points, {Column::texts("name", names)}, {10, 20, 30}, options);
    const DecodedLayer decoded = only_layer(layer->tile({0, 0, 0}));
    ASSERT_EQ(decoded.features.size(), 1U);
    EXPECT_EQ(decoded.features[0].id, 20U);
    EXPECT_EQ(std::get<std::string>(decoded.features[0].attributes.at("name")), "b");
    EXPECT_EQ(count_of(decoded.features[0]), 3U);
    options.ranks = std::span(ranks).first(2);
    EXPECT_FALSE(Layer::points("p", points, {}, {}, options));
}

TEST(Layer, ASubsetIsWhatALayerOfThosePointsAloneWouldBe) {
    const auto points = scattered(20'000, 5);
    std::vector<LonLat> some;
    std::vector<std::uint64_t> ids;
    std::vector<std::optional<std::int64_t>> numbers, some_numbers;
    for (std::size_t i = 0; i < points.size(); ++i) {
        numbers.emplace_back(static_cast<std::int64_t>(i));
        if (i % 7 == 0) {
            some.push_back(points[i]);
            ids.push_back(i);
            some_numbers.push_back(numbers.back());
        }
    }
    LayerOptions options;
    options.max_points = 300;
    const auto whole = Layer::points("p", points, {Column::integers("n", numbers)}, {}, options);
    const auto alone =
        Layer::points("p", some, {Column::integers("n", some_numbers)}, ids, options);
    const Layer subset = whole->subset([&](std::uint32_t i) {
        return std::get<std::int64_t>(whole->columns()[0].at(i)) % 7 == 0;
    });
    EXPECT_EQ(subset.feature_count(), some.size());
    for (std::uint32_t zoom = 0; zoom < 14; ++zoom) {
        const TileId id = tile_of({-1.4, 53.45}, zoom);
        EXPECT_EQ(subset.tile(id).bytes, alone->tile(id).bytes) << "zoom " << zoom;
        EXPECT_EQ(subset.tile(id).left_out, alone->tile(id).left_out) << "zoom " << zoom;
    }
}

TEST(Layer, TheMarginHoldsAllPointsNearTheEdgeHoweverMany) {
    // So many that only the strip along the edge is looked at.
    const auto points = scattered(40'000, 8);
    LayerOptions options;
    options.max_points = 100'000;
    const auto layer = Layer::points("p", points, {}, {}, options);
    const TileId id = tile_of({-1.4, 53.45}, 9);
    std::set<std::uint64_t> found;
    for (const auto& feature : only_layer(layer->tile(id)).features) {
        found.insert(feature.id);
    }
    const double side = std::ldexp(1.0, 9);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const WorldXY world = to_world(points[i]);
        const double x = (world.x * side - id.x) * 4096.0;
        const double y = (world.y * side - id.y) * 4096.0;
        const double out = std::max({-x, x - 4096.0, -y, y - 4096.0});
        if (std::abs(out - 80.0) > 1.0) { // rounding decides at the very edge of the margin
            EXPECT_EQ(found.contains(i), out < 80.0) << i;
        }
    }
}

TEST(Layer, AnAggregateStandsAtTheMeanAndCarriesTheCountAlone) {
    const std::array<LonLat, 4> points{
        {{-1.4, 53.4}, {-1.4001, 53.4}, {-1.4, 53.4001}, {-1.4001, 53.4001}}};
    const std::array<std::optional<std::int64_t>, 4> jobs{1, 2, 3, 4};
    LayerOptions options;
    options.max_points = 1;
    options.thinning = Thinning::aggregate;
    const auto layer = Layer::points("p", points, {Column::integers("jobs", jobs)}, {}, options);
    const LayerTile tile = layer->tile(tile_of(points[0], 10));
    const DecodedLayer decoded = only_layer(tile);
    ASSERT_EQ(decoded.features.size(), 1U);
    EXPECT_EQ(tile.left_out, 3U);
    EXPECT_EQ(decoded.features[0].attributes,
              (std::map<std::string, DecodedValue>{{"point_count", std::int64_t{4}}}));
    const LonLat back =
        from_world(world_of(tile_of(points[0], 10), decoded.features[0].paths[0][0]));
    EXPECT_NEAR(back.lon, -1.40005, 1e-4);
    EXPECT_NEAR(back.lat, 53.40005, 1e-4);
    // Zoomed in far enough each is itself again.
    const DecodedLayer close = only_layer(layer->tile(tile_of(points[3], 22)));
    EXPECT_EQ(std::get<std::int64_t>(close.features[0].attributes.at("jobs")), 4);
}

TEST(Layer, AThousandPointsAtOnePlaceAreOneMark) {
    const std::vector<LonLat> points(1000, LonLat{-1.4, 53.4});
    LayerOptions options;
    options.max_points = 999;
    const auto layer = Layer::points("p", points, {}, {}, options);
    const LayerTile tile = layer->tile(tile_of(points[0], 22));
    EXPECT_EQ(tile.features, 1U);
    EXPECT_EQ(tile.left_out, 999U);
    EXPECT_EQ(count_of(only_layer(tile).features[0]), 1000U);
}

} // namespace
} // namespace icmap::tiles
