#include "cluster/refine.hpp"

#include "cluster/brute_force.hpp"
#include "cluster/worlds.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <set>

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
    const std::vector<std::uint32_t> enterprise{1, 2, 3, 7, 7, 7, 8, 9, 8};
    const Labels kept = drop_small(labels_of(world, {Metres{1.0}, 2}), enterprise, 2).value();
    EXPECT_EQ(worlds::show(world, kept), "AAA....---....BBB");
    EXPECT_EQ(kept.cluster_count, 2);
    EXPECT_THAT(kept.is_core, ElementsAre(1, 1, 1, 0, 0, 0, 1, 1, 1));
}

TEST(DropSmall, KeepsAClusterWithExactlyEnough) {
    const World world = worlds::draw(kThreeTowns);
    const std::vector<std::uint32_t> enterprise{1, 2, 3, 7, 7, 7, 8, 9, 8};
    const Labels all = labels_of(world, {Metres{1.0}, 2});
    EXPECT_EQ(drop_small(all, enterprise, 1)->cluster_count, 3);
    EXPECT_EQ(drop_small(all, enterprise, 3)->cluster_count, 1);
    EXPECT_EQ(drop_small(all, enterprise, 4)->cluster_count, 0);
}

/// Few enterprises are looked through, many are put into order: either way against a set.
TEST(DropSmall, CountsAsASetDoesHoweverManyAreAskedFor) {
    std::mt19937 random(7);
    for (const std::uint32_t owners : {3U, 20U, 33U, 60U}) {
        Labels all;
        std::vector<std::uint32_t> enterprise;
        for (std::size_t i = 0; i < 3'000; ++i) {
            all.label.push_back(static_cast<std::int32_t>(random() % 40));
            all.is_core.push_back(1);
            enterprise.push_back(static_cast<std::uint32_t>(random() % owners));
        }
        all.cluster_count = 40;
        for (const std::uint32_t wanted : {1U, 2U, 20U, 32U, 33U, 40U, 60U}) {
            std::int32_t enough = 0;
            for (std::int32_t c = 0; c < all.cluster_count; ++c) {
                std::set<std::uint32_t> distinct;
                for (std::size_t i = 0; i < enterprise.size(); ++i) {
                    if (all.label[i] == c) {
                        distinct.insert(enterprise[i]);
                    }
                }
                enough += distinct.size() >= wanted ? 1 : 0;
            }
            EXPECT_EQ(drop_small(all, enterprise, wanted)->cluster_count, enough)
                << wanted << " of " << owners;
        }
    }
}

TEST(DropSmall, RefusesWrongInput) {
    const World world = worlds::draw(kThreeTowns);
    const Labels all = labels_of(world, {Metres{1.0}, 2});
    EXPECT_THAT(drop_small(all, {}, 1).error().message(), HasSubstr("0 enterprises for 9 points"));
    const std::vector<std::uint32_t> enterprise(9, 1);
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

/// `split_wide` from its definition, pair by pair and with the slow clusters.
class SlowSplit {
  public:
    SlowSplit(const World& world, const DbscanOptions& options, double max_extent_m)
        : world_(world), options_(options), max_extent_m_(max_extent_m), part_(world.size(), -1),
          is_core_(world.size(), 0) {
        const Labels labels = dbscan_brute_force(world.points(), options);
        for (std::int32_t c = 0; c < labels.cluster_count; ++c) {
            take(members(labels, c), labels.is_core, options.eps.value, 0);
        }
    }

    void expect_same(const SplitLabels& split, std::uint64_t seed) const {
        std::vector<std::int32_t> number(part_eps_m_.size(), -1);
        std::int32_t next = 0;
        for (std::size_t i = 0; i < world_.size(); ++i) {
            if (is_core_[i] == 1 && number[at(part_[i])] < 0) {
                number[at(part_[i])] = next++;
            }
        }
        ASSERT_EQ(split.labels.is_core, is_core_) << "seed " << seed;
        ASSERT_EQ(split.labels.cluster_count, next) << "seed " << seed;
        for (std::size_t i = 0; i < world_.size(); ++i) {
            ASSERT_EQ(split.labels.label[i], part_[i] < 0 ? -1 : number[at(part_[i])])
                << "seed " << seed << " point " << i;
        }
        for (std::size_t part = 0; part < number.size(); ++part) {
            ASSERT_EQ(split.eps_m[at(number[part])], part_eps_m_[part]) << "seed " << seed;
            ASSERT_EQ(split.is_wide[at(number[part])], part_is_wide_[part]) << "seed " << seed;
        }
    }

  private:
    static std::size_t at(std::int32_t number) { return static_cast<std::size_t>(number); }

    static std::vector<std::size_t> members(const Labels& labels, std::int32_t cluster) {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < labels.label.size(); ++i) {
            if (labels.label[i] == cluster) {
                found.push_back(i);
            }
        }
        return found;
    }

    [[nodiscard]] bool is_wide(const std::vector<std::size_t>& points) const {
        for (const std::size_t i : points) {
            for (const std::size_t j : points) {
                if (std::hypot(world_.x_m[i] - world_.x_m[j], world_.y_m[i] - world_.y_m[j]) >
                    max_extent_m_) {
                    return true;
                }
            }
        }
        return false;
    }

    /// \param is_core by point of the world
    void take(const std::vector<std::size_t>& points, const std::vector<std::uint8_t>& is_core,
              double eps_m, int step) {
        if (!is_wide(points) || step == kMostSplitSteps) {
            for (const std::size_t i : points) {
                part_[i] = static_cast<std::int32_t>(part_eps_m_.size());
                is_core_[i] = is_core[i];
            }
            part_eps_m_.push_back(eps_m);
            part_is_wide_.push_back(is_wide(points) ? 1 : 0);
            return;
        }
        World some;
        for (const std::size_t i : points) {
            some.add(world_.x_m[i], world_.y_m[i], world_.weight[i]);
        }
        const double narrow_m = eps_m * kSplitStep;
        const Labels labels =
            dbscan_brute_force(some.points(), {Metres{narrow_m}, options_.min_points});
        for (std::int32_t c = 0; c < labels.cluster_count; ++c) {
            std::vector<std::size_t> part;
            std::vector<std::uint8_t> part_is_core(world_.size(), 0);
            for (const std::size_t i : members(labels, c)) {
                part.push_back(points[i]);
                part_is_core[points[i]] = labels.is_core[i];
            }
            take(part, part_is_core, narrow_m, step + 1);
        }
    }

    const World& world_;
    DbscanOptions options_;
    double max_extent_m_;
    std::vector<std::int32_t> part_;
    std::vector<std::uint8_t> is_core_;
    std::vector<double> part_eps_m_;
    std::vector<std::uint8_t> part_is_wide_;
};

class SplitWideWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SplitWideWorlds, AgreeWithTheDefinition) {
    worlds::Random random(GetParam() + 40);
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const World world =
            worlds::make(static_cast<worlds::Shape>(GetParam()), 1 + random.below(150), 10.0, seed);
        const DbscanOptions options{Metres{random.between(8.0, 20.0)},
                                    static_cast<std::uint32_t>(1 + random.below(6))};
        const double max_extent_m = random.between(5.0, 80.0);
        const SplitLabels split =
            split_wide(world.points(), labels_of(world, options), options, Metres{max_extent_m})
                .value();
        SlowSplit(world, options, max_extent_m).expect_same(split, seed);
        if (HasFatalFailure()) {
            return;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AllShapes, SplitWideWorlds,
                         testing::Range(std::uint64_t{0}, worlds::kShapes));

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
