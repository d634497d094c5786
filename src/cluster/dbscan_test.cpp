#include "cluster/dbscan.hpp"

#include "base/parallel.hpp"
#include "cluster/brute_force.hpp"
#include "cluster/predicates.hpp"
#include "cluster/worlds.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::cluster {
namespace {

using testing::HasSubstr;
using worlds::World;

std::string clustered(const char* picture, DbscanOptions options) {
    const World world = worlds::draw(picture);
    const Result<Labels> labels = dbscan(world.points(), options);
    EXPECT_TRUE(labels.has_value());
    EXPECT_EQ(what_is_wrong(world.points(), options, *labels), std::nullopt);
    return worlds::show(world, *labels);
}

TEST(Dbscan, FindsTwoTownsAndLeavesAFarmAlone) {
    EXPECT_EQ(clustered("**......*.\n"
                        "**....***.\n"
                        "..........\n"
                        "...*......",
                        {Metres{1.5}, 3}),
              "AA......B.\n"
              "AA....bBB.\n"
              "..........\n"
              "...-......");
}

TEST(Dbscan, CountsTheRadiusItselfAsInside) {
    EXPECT_EQ(clustered("*....*", {Metres{5.0}, 2}), "A....A");
    EXPECT_EQ(clustered("*....*", {Metres{std::nextafter(5.0, 0.0)}, 2}), "-....-");
}

TEST(Dbscan, CountsThePointItself) {
    EXPECT_EQ(clustered("*..*", {Metres{1.0}, 1}), "A..B");
    EXPECT_EQ(clustered("*..*", {Metres{1.0}, 2}), "-..-");
}

TEST(Dbscan, LetsAHeavyPointBeAClusterOfItsOwn) {
    EXPECT_EQ(clustered("5..4", {Metres{1.0}, 5}), "A..-");
}

TEST(Dbscan, GivesABorderPointToTheNearestCorePoint) {
    EXPECT_EQ(clustered("9..*...*..*..9", {Metres{4.0}, 10}), "A..A...b..B..B");
    EXPECT_EQ(clustered("9*....*...*9", {Metres{4.0}, 10}), "AA....b...BB");
}

TEST(Dbscan, GivesABorderPointBetweenTwoToTheLowestIndex) {
    EXPECT_EQ(clustered("9...*...9", {Metres{4.0}, 9}), "A...A...A");
    EXPECT_EQ(clustered("9......\n.......\n...0...\n.......\n......9", {Metres{4.0}, 9}),
              "A......\n.......\n...A...\n.......\n......A");
    EXPECT_EQ(clustered("9*...0...*9", {Metres{4.0}, 10}), "AA...a...BB");
}

TEST(Dbscan, NumbersClustersByTheirLowestCorePointNotByTheirBorder) {
    // Point 0 is a border point of the cluster whose core point comes last.
    EXPECT_EQ(clustered("*...........\n"
                        "........*9*.\n"
                        "............\n"
                        "9...........\n"
                        "*...........",
                        {Metres{3.0}, 11}),
              "b...........\n"
              "........AAA.\n"
              "............\n"
              "B...........\n"
              "b...........");
}

TEST(Dbscan, OfNoPointsIsNoClusters) {
    const Result<Labels> labels = dbscan({}, {});
    ASSERT_TRUE(labels.has_value());
    EXPECT_EQ(labels->cluster_count, 0);
    EXPECT_TRUE(labels->label.empty());
}

TEST(Dbscan, TreatsMinusZeroAsZero) {
    World world;
    world.add(0.0, -0.0);
    world.add(-0.0, 0.0);
    const Result<Labels> labels = dbscan(world.points(), {Metres{1e-9}, 2});
    EXPECT_EQ(labels->label, (std::vector<std::int32_t>{0, 0}));
}

TEST(Dbscan, DoesNotOverflowOnHeavyWeights) {
    World world;
    for (int i = 0; i < 3; ++i) {
        world.add(0.1 * i, 0.0, std::numeric_limits<std::uint32_t>::max());
    }
    const Result<Labels> labels =
        dbscan(world.points(), {Metres{1.0}, std::numeric_limits<std::uint32_t>::max()});
    EXPECT_EQ(labels->is_core, (std::vector<std::uint8_t>{1, 1, 1}));
}

struct BadInput {
    World world;
    DbscanOptions options;
    const char* message;
};

TEST(Dbscan, RefusesWrongInputAndSaysWhatToDo) {
    World good = worlds::draw("***");
    World not_a_number = good;
    not_a_number.x_m[2] = std::nan("");
    World endless = good;
    endless.y_m[1] = -std::numeric_limits<double>::infinity();
    World short_y = good;
    short_y.y_m.pop_back();
    World short_weight = good;
    short_weight.weight.pop_back();
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<BadInput> all = {
        {not_a_number,
         {},
         "Point 2 has a coordinate that is not a finite number (field \"x_m\", "
         "value \"nan\"). Leave the point out"},
        {endless,
         {},
         "Point 1 has a coordinate that is not a finite number (field \"y_m\", value "
         "\"-inf\")"},
        {short_y, {}, "3 x coordinates but 2 y coordinates"},
        {short_weight, {}, "3 points but 2 weights"},
        {good, {Metres{0.0}, 1}, "value \"0\"). Write for example 1000"},
        {good, {Metres{-5.0}, 1}, "value \"-5\""},
        {good, {Metres{infinity}, 1}, "value \"inf\""},
        {good, {Metres{std::nan("")}, 1}, "value \"nan\""},
        {good, {Metres{1.0}, 0}, "min_points must be at least 1"},
    };
    for (const BadInput& bad : all) {
        const Result<Labels> labels = dbscan(bad.world.points(), bad.options);
        ASSERT_FALSE(labels.has_value()) << bad.message;
        EXPECT_EQ(labels.error().kind, ErrorKind::input);
        EXPECT_THAT(labels.error().message(), HasSubstr(bad.message));
    }
}

TEST(Dbscan, NamesTheLowestBadPointAlsoInALargeInput) {
    std::vector<double> x(300000, 1.0);
    const std::vector<double> y(300000, 2.0);
    x[299999] = x[131072] = x[131073] = std::nan("");
    const Result<Labels> labels = dbscan({x, y, {}}, {});
    ASSERT_FALSE(labels.has_value());
    EXPECT_THAT(labels.error().message(), HasSubstr("Point 131072"));
}

/// Two dense curves, one above the other: their boxes come within reach, their points need not.
World two_curves(double apart_m) {
    World world;
    for (int i = 0; i < 100000; ++i) {
        const double x = 0.0069 * i;
        world.add(x, x * x * 1e-6);
        world.add(x, x * x * 1e-6 + apart_m);
    }
    return world;
}

TEST(Dbscan, TellsTwoLongDenseRowsApart) {
    const DbscanOptions options{Metres{1000.0}, 10};
    EXPECT_EQ(dbscan(two_curves(1000.4).points(), options)->cluster_count, 2);
    EXPECT_EQ(dbscan(two_curves(999.9).points(), options)->cluster_count, 1);
}

/// Every shape against brute force, byte by byte, with few and many points.
class DbscanWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DbscanWorlds, AgreeWithBruteForce) {
    const auto shape = static_cast<worlds::Shape>(GetParam());
    worlds::Random random(GetParam());
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const double eps = std::ldexp(random.between(1.0, 2.0), static_cast<int>(seed % 40) - 20);
        const DbscanOptions options{Metres{eps}, static_cast<std::uint32_t>(1 + random.below(12))};
        const World world = worlds::make(shape,
                                         1 + random.below(seed % 100 == 0  ? 2000
                                                          : seed % 10 == 0 ? 600
                                                                           : 80),
                                         eps, seed);
        const Result<Labels> labels = dbscan(world.points(), options);
        ASSERT_TRUE(labels.has_value());
        const Labels expected = dbscan_brute_force(world.points(), options);
        ASSERT_EQ(labels->is_core, expected.is_core) << "seed " << seed;
        ASSERT_EQ(labels->label, expected.label) << "seed " << seed;
        ASSERT_EQ(labels->cluster_count, expected.cluster_count) << "seed " << seed;
        ASSERT_EQ(what_is_wrong(world.points(), options, *labels), std::nullopt);
    }
}

TEST_P(DbscanWorlds, AreTheSameBytesOnOneThreadAndOnSeveral) {
    const auto shape = static_cast<worlds::Shape>(GetParam());
    const World world = worlds::make(shape, 150000, 100.0, 7);
    const DbscanOptions options{Metres{100.0}, 5};
    const auto run = [&](int threads) {
        const ThreadLimit limit(threads);
        return dbscan(world.points(), options).value();
    };
    const Labels one = run(1);
    for (const int threads : {2, 4, 7}) {
        const Labels several = run(threads);
        EXPECT_EQ(one.label, several.label);
        EXPECT_EQ(one.is_core, several.is_core);
        EXPECT_EQ(one.cluster_count, several.cluster_count);
    }
    EXPECT_GE(one.cluster_count, shape == worlds::Shape::scattered ? 100 : 1);
}

INSTANTIATE_TEST_SUITE_P(AllShapes, DbscanWorlds,
                         testing::Range(std::uint64_t{0}, worlds::kShapes));

} // namespace
} // namespace icmap::cluster
