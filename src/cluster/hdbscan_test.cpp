#include "cluster/hdbscan.hpp"

#include "base/parallel.hpp"
#include "cluster/hdbscan_brute_force.hpp"
#include "cluster/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <map>
#include <set>

namespace icmap::cluster {
namespace {

using testing::HasSubstr;
using worlds::World;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Sets = std::set<std::vector<std::size_t>>;

Sets sets_of(const std::vector<std::int32_t>& label) {
    std::map<std::int32_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] >= 0) {
            members[label[i]].push_back(i);
        }
    }
    Sets sets;
    for (const auto& [number, points] : members) {
        sets.insert(points);
    }
    return sets;
}

World repeated(const World& world) {
    World result;
    for (std::size_t i = 0; i < world.size(); ++i) {
        for (std::uint32_t k = 0; k < world.weight[i]; ++k) {
            result.add(world.x_m[i], world.y_m[i]);
        }
    }
    return result;
}

std::vector<Position<2>> positions(const World& world) {
    std::vector<Position<2>> at_m;
    for (std::size_t i = 0; i < world.size(); ++i) {
        at_m.push_back({world.x_m[i], world.y_m[i]});
    }
    return at_m;
}

/// Any options that say something at the scale of the worlds below.
HdbscanOptions any_options(worlds::Random& random) {
    HdbscanOptions options{static_cast<std::uint32_t>(2 + random.below(6)),
                           static_cast<std::uint32_t>(random.below(7))};
    options.selection = random.below(2) == 0 ? HdbscanSelection::eom : HdbscanSelection::leaf;
    options.leaving = random.below(2) == 0 ? HdbscanLeaving::together : HdbscanLeaving::alone;
    options.selection_epsilon = Metres{random.below(3) == 0 ? random.between(1.0, 30.0) : 0.0};
    options.max_extent = Metres{random.below(3) == 0 ? random.between(5.0, 60.0) : 0.0};
    return options;
}

class HdbscanWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HdbscanWorlds, AgreeWithTheDefinitionInEveryValue) {
    worlds::Random random(GetParam() + 9);
    std::size_t found = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const World world =
            repeated(worlds::make(static_cast<worlds::Shape>(GetParam()),
                                  1 + random.below(seed % 50 == 0 ? 200 : 60), 10.0, seed));
        const HdbscanOptions options = any_options(random);
        const HdbscanLabels labels = hdbscan(world.points(), options).value();
        if (world.size() == 0) {
            ASSERT_EQ(labels.cluster_count, 0);
            continue;
        }
        const SlowHdbscan<2> slow(positions(world), options);
        ASSERT_EQ(slow.what_is_wrong(labels), std::nullopt) << "seed " << seed;
        found += static_cast<std::size_t>(labels.cluster_count);
    }
    const auto shape = static_cast<worlds::Shape>(GetParam());
    const bool has_parts = shape != worlds::Shape::identical && shape != worlds::Shape::denormal;
    EXPECT_GE(found, has_parts ? 100U : 0U);
}

INSTANTIATE_TEST_SUITE_P(AllShapes, HdbscanWorlds,
                         testing::Range(std::uint64_t{0}, worlds::kShapes));

/// The oracle itself, with wrong answers.
TEST(SlowHdbscan, RefusesWrongAnswers) {
    const World world = worlds::make(worlds::Shape::scattered, 60, 10.0, 3);
    HdbscanOptions options{4, 2};
    const SlowHdbscan<2> slow(positions(world), options);
    World single = world;
    std::fill(single.weight.begin(), single.weight.end(), 1U);
    const HdbscanLabels right = hdbscan(single.points(), options).value();
    ASSERT_EQ(slow.what_is_wrong(right), std::nullopt);
    ASSERT_GE(right.cluster_count, 2);
    const auto expect_refused = [&](auto&& spoil, const char* because) {
        HdbscanLabels wrong = right;
        spoil(wrong);
        EXPECT_THAT(slow.what_is_wrong(wrong), testing::Optional(HasSubstr(because)));
    };
    const auto member = static_cast<std::size_t>(
        std::find(right.label.begin(), right.label.end(), 1) - right.label.begin());
    expect_refused([](HdbscanLabels& l) { l.label.pop_back(); }, "59 labels for 60 points");
    expect_refused([&](HdbscanLabels& l) { l.label[member] = 0; }, "no set of the tree");
    expect_refused([&](HdbscanLabels& l) { l.label[member] = -1; }, "no set of the tree");
    expect_refused(
        [](HdbscanLabels& l) {
            std::replace(l.label.begin(), l.label.end(), 0, -1); // one cluster less
        },
        "other sets are to be taken");
    expect_refused(
        [](HdbscanLabels& l) {
            std::replace(l.label.begin(), l.label.end(), 0, 99);
            std::replace(l.label.begin(), l.label.end(), 1, 0);
            std::replace(l.label.begin(), l.label.end(), 99, 1);
        },
        "not numbered");
    expect_refused([&](HdbscanLabels& l) { l.strength[member] *= 0.999; }, "strength");
    expect_refused([&](HdbscanLabels& l) { l.outlier_score[member] += 1e-6; }, "outlier score");
    expect_refused([](HdbscanLabels& l) { l.stability[1] *= 1.001; }, "stability 1");
    expect_refused([](HdbscanLabels& l) { l.birth_m[0] *= 0.5; }, "birth 0");
}

World two_towns_and_a_farm() {
    World world;
    worlds::Random random(4);
    for (int i = 0; i < 60; ++i) {
        world.add(random.between(0, 100), random.between(0, 100));
        world.add(random.between(1000, 1200), random.between(0, 200));
    }
    world.add(600, 4000);
    return world;
}

TEST(Hdbscan, FindsTownsOfDifferentDensityWithoutARadius) {
    const World world = two_towns_and_a_farm();
    const HdbscanLabels labels = hdbscan(world.points(), {20}).value();
    ASSERT_EQ(labels.cluster_count, 2);
    EXPECT_EQ(labels.label.back(), -1);
    EXPECT_EQ(labels.strength.back(), 0.0);
    EXPECT_GT(labels.outlier_score.back(), 0.9);
    for (std::size_t i = 0; i < world.size(); ++i) {
        EXPECT_GE(labels.strength[i], 0.0);
        EXPECT_LE(labels.strength[i], 1.0);
        EXPECT_GE(labels.outlier_score[i], 0.0);
        EXPECT_LE(labels.outlier_score[i], 1.0);
    }
    EXPECT_EQ(*std::max_element(labels.strength.begin(), labels.strength.end()), 1.0);
}

TEST(Hdbscan, SelectionEpsilonKeepsTogetherWhatPartsBelowIt) {
    World world;
    for (const double town : {0.0, 100.0, 10000.0, 10100.0}) {
        for (int i = 0; i < 10; ++i) {
            world.add(town + i + 0.01 * i * i, 0.0);
        }
    }
    EXPECT_EQ(hdbscan(world.points(), {5, 0, HdbscanSelection::leaf}).value().cluster_count, 4);
    EXPECT_EQ(
        hdbscan(world.points(), {5, 0, HdbscanSelection::leaf, Metres{500}}).value().cluster_count,
        2);
    // Nothing parts above this; the root is never taken.
    EXPECT_EQ(
        hdbscan(world.points(), {5, 0, HdbscanSelection::leaf, Metres{1e6}}).value().cluster_count,
        2);
}

TEST(Hdbscan, NeverTakesAClusterWiderThanTheExtent) {
    World world;
    worlds::Random random(8);
    for (const double town : {0.0, 400.0, 90000.0}) {
        for (int i = 0; i < 40; ++i) {
            world.add(town + random.between(0, 120), random.between(0, 120));
        }
    }
    const HdbscanOptions wide{10, 5, HdbscanSelection::leaf, Metres{5000}};
    EXPECT_EQ(hdbscan(world.points(), wide).value().cluster_count, 2);
    HdbscanOptions narrow = wide;
    narrow.max_extent = Metres{300};
    const HdbscanLabels labels = hdbscan(world.points(), narrow).value();
    EXPECT_GE(labels.cluster_count, 2);
    for (const auto& members : sets_of(labels.label)) {
        double least = kInfinity;
        double most = -kInfinity;
        for (const std::size_t i : members) {
            least = std::min(least, world.x_m[i]);
            most = std::max(most, world.x_m[i]);
        }
        EXPECT_LE(most - least, 300.0);
    }
}

TEST_P(HdbscanWorlds, TakeAWeightAsThatManyPoints) {
    worlds::Random random(GetParam() + 300);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        World world = worlds::make(static_cast<worlds::Shape>(GetParam()), 80, 10.0, seed);
        for (std::uint32_t& weight : world.weight) {
            weight = std::max(weight, 1U); // a point of weight zero is there, no point is not
        }
        const HdbscanOptions options = any_options(random);
        const HdbscanLabels weighted = hdbscan(world.points(), options).value();
        const HdbscanLabels single = hdbscan(repeated(world).points(), options).value();
        std::vector<std::int32_t> label;
        std::vector<double> strength;
        std::vector<double> outlier_score;
        for (std::size_t i = 0; i < world.size(); ++i) {
            label.insert(label.end(), world.weight[i], weighted.label[i]);
            strength.insert(strength.end(), world.weight[i], weighted.strength[i]);
            outlier_score.insert(outlier_score.end(), world.weight[i], weighted.outlier_score[i]);
        }
        ASSERT_EQ(label, single.label) << "seed " << seed;
        ASSERT_EQ(strength, single.strength) << "seed " << seed;
        ASSERT_EQ(outlier_score, single.outlier_score) << "seed " << seed;
    }
}

TEST(Hdbscan, GivesTheSameBytesOnOneThreadAndOnSeveralAlsoWithTies) {
    for (const auto shape : {worlds::Shape::lattice, worlds::Shape::towns, worlds::Shape::scattered,
                             worlds::Shape::huge}) {
        const World world = worlds::make(shape, 20000, 10.0, 2);
        const auto run = [&](int threads) {
            const ThreadLimit limit(threads);
            return hdbscan(world.points(), {15, 4}).value();
        };
        const HdbscanLabels one = run(1);
        for (const int threads : {2, 5}) {
            const HdbscanLabels several = run(threads);
            EXPECT_EQ(one.label, several.label);
            EXPECT_EQ(one.strength, several.strength);
            EXPECT_EQ(one.outlier_score, several.outlier_score);
            EXPECT_EQ(one.stability, several.stability);
        }
    }
}

TEST(Hdbscan, RefusesWrongInput) {
    const World world = worlds::draw("**");
    EXPECT_THAT(hdbscan(world.points(), {1}).error().message(), HasSubstr("min_cluster_size is 1"));
    EXPECT_THAT(
        hdbscan(world.points(), {2, 0, HdbscanSelection::eom, Metres{-1}}).error().message(),
        HasSubstr("selection_epsilon is -1"));
    EXPECT_THAT(
        hdbscan(world.points(), {2, 0, HdbscanSelection::eom, Metres{0}, Metres{std::nan("")}})
            .error()
            .message(),
        HasSubstr("max_extent is nan"));
    EXPECT_EQ(hdbscan(Points{}, {2}).value().cluster_count, 0);
    EXPECT_EQ(hdbscan(world.points(), {5}).value().cluster_count, 0);
}

} // namespace
} // namespace icmap::cluster
