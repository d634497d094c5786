#include "cluster/refine.hpp"

#include "cluster/worlds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::cluster {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;
using worlds::World;

Labels labels_of(const World& world, const DbscanOptions& options) {
    return dbscan(world.points(), options).value();
}

constexpr const char* kThreeTowns = "***....***....***";

TEST(DropSmall, CountsEnterprisesNotSites) {
    const World world = worlds::draw(kThreeTowns);
    const std::vector<std::int64_t> enterprise{1, 2, 3, 7, 7, 7, 8, 9, 8};
    const Labels kept = drop_small(labels_of(world, {Metres{1.0}, 2}), enterprise, 2).value();
    EXPECT_EQ(worlds::show(world, kept), "AAA....---....BBB");
    EXPECT_EQ(kept.cluster_count, 2);
    EXPECT_THAT(kept.is_core, ElementsAre(1, 1, 1, 0, 0, 0, 1, 1, 1));
}

TEST(DropSmall, KeepsAClusterWithExactlyEnough) {
    const World world = worlds::draw(kThreeTowns);
    const std::vector<std::int64_t> enterprise{1, 2, 3, 7, 7, 7, 8, 9, 8};
    const Labels all = labels_of(world, {Metres{1.0}, 2});
    EXPECT_EQ(drop_small(all, enterprise, 1)->cluster_count, 3);
    EXPECT_EQ(drop_small(all, enterprise, 3)->cluster_count, 1);
    EXPECT_EQ(drop_small(all, enterprise, 4)->cluster_count, 0);
}

TEST(DropSmall, RefusesWrongInput) {
    const World world = worlds::draw(kThreeTowns);
    const Labels all = labels_of(world, {Metres{1.0}, 2});
    EXPECT_THAT(drop_small(all, {}, 1).error().message(), HasSubstr("0 enterprises for 9 points"));
    const std::vector<std::int64_t> enterprise(9, 1);
    EXPECT_THAT(drop_small(all, enterprise, 0).error().message(),
                HasSubstr("min_enterprises must be at least 1"));
}

TEST(SplitWide, LeavesWhatFitsAlone) {
    const World world = worlds::draw(kThreeTowns);
    const DbscanOptions options{Metres{1.0}, 2};
    const SplitLabels split =
        split_wide(world.points(), labels_of(world, options), options, Metres{2.0}).value();
    EXPECT_EQ(worlds::show(world, split.labels), "AAA....BBB....CCC");
    EXPECT_THAT(split.eps_m, ElementsAre(1.0, 1.0, 1.0));
    EXPECT_THAT(split.is_wide, ElementsAre(0, 0, 0));
}

TEST(SplitWide, PartsTownsThatAThinRoadHadJoined) {
    const World world = worlds::draw("***.*.***....**");
    const DbscanOptions options{Metres{2.0}, 2};
    ASSERT_EQ(worlds::show(world, labels_of(world, options)), "AAA.A.AAA....BB");
    const SplitLabels split =
        split_wide(world.points(), labels_of(world, options), options, Metres{4.0}).value();
    EXPECT_EQ(worlds::show(world, split.labels), "AAA.-.BBB....CC");
    EXPECT_THAT(split.eps_m, ElementsAre(2.0 * kSplitStep, 2.0 * kSplitStep, 2.0));
}

TEST(SplitWide, HoldsTheDistanceAcrossNotTheSideOfTheBoxAgainstTheLimit) {
    World world;
    for (const double at : {0.0, 1.0, 3.0, 4.0}) {
        world.add(at, at);
    }
    const DbscanOptions options{Metres{3.0}, 2};
    const Labels one = labels_of(world, options);
    ASSERT_EQ(one.cluster_count, 1);
    // 4 m by 4 m, and 5.66 m across.
    const SplitLabels split = split_wide(world.points(), one, options, Metres{5.0}).value();
    EXPECT_THAT(split.labels.label, ElementsAre(0, 0, 1, 1));
    EXPECT_EQ(split_wide(world.points(), one, options, Metres{5.7})->labels.cluster_count, 1);
}

TEST(SplitWide, GoesOnWithTheWidePartOnly) {
    World world;
    for (const double x : {0.0, 1.0, 3.5, 4.5, 8.0, 9.0}) {
        world.add(x, 0.0);
    }
    const DbscanOptions options{Metres{4.0}, 2};
    const Labels one = labels_of(world, options);
    ASSERT_EQ(one.cluster_count, 1);
    const SplitLabels split = split_wide(world.points(), one, options, Metres{2.0}).value();
    EXPECT_THAT(split.labels.label, ElementsAre(0, 0, 1, 1, 2, 2));
    EXPECT_THAT(split.eps_m, ElementsAre(DoubleEq(2.0), DoubleEq(2.0), 4.0 * kSplitStep));
}

TEST(SplitWide, KeepsAndMarksWhatNoStepParts) {
    World world;
    for (int i = 0; i < 2000; ++i) {
        world.add(0.01 * i, 0.0);
    }
    const DbscanOptions options{Metres{2.0}, 3};
    const SplitLabels split =
        split_wide(world.points(), labels_of(world, options), options, Metres{10.0}).value();
    EXPECT_EQ(split.labels.cluster_count, 1);
    EXPECT_THAT(split.is_wide, ElementsAre(1));
    EXPECT_NEAR(split.eps_m[0], 2.0 / 16.0, 1e-12);
}

TEST(Narrowed, IsWhatSplitWideLabelsAndLeavesAllAloneAtNoExtent) {
    const World world = worlds::draw("***.*.***....**");
    const DbscanOptions options{Metres{2.0}, 2};
    const Labels wide = labels_of(world, options);
    EXPECT_EQ(worlds::show(world, narrowed(world.points(), wide, options, Metres{4.0}).value()),
              "AAA.-.BBB....CC");
    EXPECT_EQ(worlds::show(world, narrowed(world.points(), wide, options, Metres{0.0}).value()),
              "AAA.A.AAA....BB");
}

TEST(WithoutBorder, MakesEveryMemberCoreAndNoNoise) {
    HdbscanLabels found;
    found.label = {0, -1, 1, 0};
    found.cluster_count = 2;
    const Labels labels = without_border(std::move(found));
    EXPECT_THAT(labels.label, ElementsAre(0, -1, 1, 0));
    EXPECT_THAT(labels.is_core, ElementsAre(1, 0, 1, 1));
    EXPECT_EQ(labels.cluster_count, 2);
}

TEST(SplitWide, RefusesWrongInput) {
    const World world = worlds::draw(kThreeTowns);
    const DbscanOptions options{Metres{1.0}, 2};
    EXPECT_THAT(split_wide(world.points(), {}, options, Metres{1.0}).error().message(),
                HasSubstr("0 labels for 9 points"));
    EXPECT_THAT(split_wide(world.points(), labels_of(world, options), options, Metres{0.0})
                    .error()
                    .message(),
                HasSubstr("max_extent"));
}

} // namespace
} // namespace icmap::cluster
