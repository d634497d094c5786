#include "demo/truth.hpp"

#include <gtest/gtest.h>

namespace icmap::demo {
namespace {

using Labels = std::vector<std::int64_t>;

TEST(AdjustedRandIndex, IsOneForTheSamePartitionUnderOtherNames) {
    EXPECT_DOUBLE_EQ(adjusted_rand_index(Labels{0, 0, 1, 1, 2}, Labels{7, 7, 3, 3, 9}), 1.0);
    EXPECT_DOUBLE_EQ(adjusted_rand_index(Labels{}, Labels{}), 1.0);
    EXPECT_DOUBLE_EQ(adjusted_rand_index(Labels{-1, -1}, Labels{-1, -1}), 1.0);
}

// By hand: cells (0,0) 2, (0,1) 1, (1,1) 3; pairs in cells 1 + 0 + 3 = 4; rows 3, 3 -> 3 + 3 = 6;
// columns 2, 4 -> 1 + 6 = 7; all pairs 15; expected 6 * 7 / 15 = 2.8; (4 - 2.8) / (6.5 - 2.8).
TEST(AdjustedRandIndex, AgreesWithAValueWorkedOutByHand) {
    EXPECT_NEAR(adjusted_rand_index(Labels{0, 0, 0, 1, 1, 1}, Labels{0, 0, 1, 1, 1, 1}), 1.2 / 3.7,
                1e-12);
}

// Truth {a, b}, {c}, {d}; found all together: index 1, rows 1, columns 6, all 6, expected 1.
TEST(AdjustedRandIndex, IsZeroWhenEverythingIsLumpedTogether) {
    EXPECT_NEAR(adjusted_rand_index(Labels{4, 4, -1, -1}, Labels{0, 0, 0, 0}), 0.0, 1e-12);
}

TEST(AdjustedRandIndex, CountsNoisePointsOneByOne) {
    // Noise is not a cluster: two noise points put together by the engine cost agreement.
    EXPECT_LT(adjusted_rand_index(Labels{0, 0, -1, -1}, Labels{0, 0, 1, 1}), 1.0);
}

TEST(ScoreClusters, FindsAClusterWhoseMembersMostlyAgree) {
    // Planted 0: points 0-3, found as 5: points 1-4: overlap 3, union 5, Jaccard 0.6.
    // Planted 1: points 5-7, found as 6: point 5 only: Jaccard 1/3. Cluster 7 is nothing planted.
    const Labels truth{0, 0, 0, 0, -1, 1, 1, 1, -1, -1};
    const Labels found{-1, 5, 5, 5, 5, 6, -1, -1, 7, 7};
    const ClusterScore score = score_clusters(truth, found);
    EXPECT_EQ(score.planted, 2U);
    EXPECT_EQ(score.found, 1U);
    EXPECT_EQ(score.clusters, 3U);
    EXPECT_EQ(score.false_clusters, 1U);
    EXPECT_NEAR(score.mean_jaccard, (0.6 + 1.0 / 3.0) / 2.0, 1e-12);
}

TEST(ScoreClusters, CountsAJaccardIndexOfExactlyTheLimit) {
    const Labels truth{0, 0, -1};
    const Labels found{3, -1, -1};
    EXPECT_EQ(score_clusters(truth, found, 0.5).found, 1U);
    EXPECT_EQ(score_clusters(truth, found, 0.51).found, 0U);
}

TEST(ScoreClusters, SaysThatNothingWasFoundWhenAllIsNoise) {
    const ClusterScore score = score_clusters(Labels{0, 0, 1}, Labels{-1, -1, -1});
    EXPECT_EQ(score.planted, 2U);
    EXPECT_EQ(score.found, 0U);
    EXPECT_EQ(score.clusters, 0U);
    EXPECT_EQ(score.mean_jaccard, 0.0);
}

TEST(ScoreLinks, CountsWhatIsRightWrongAndMissed) {
    const std::vector<Link> truth{{"a:1", "1"}, {"a:2", "2"}, {"a:3", "3"}, {"a:4", "4"}};
    // Right, wrong company, missed, missed; and a link of a record that has no company.
    const std::vector<Link> found{{"a:1", "1"}, {"a:2", "9"}, {"a:3", ""}, {"b:1", "1"}};
    const LinkScore score = score_links(truth, found);
    EXPECT_EQ(score.true_links, 4U);
    EXPECT_EQ(score.made, 3U);
    EXPECT_EQ(score.right, 1U);
    EXPECT_NEAR(score.precision, 1.0 / 3.0, 1e-12);
    EXPECT_NEAR(score.recall, 0.25, 1e-12);
}

TEST(ScoreLinks, IsPerfectWhenThereIsNothingToLink) {
    const LinkScore score = score_links({}, {});
    EXPECT_EQ(score.precision, 1.0);
    EXPECT_EQ(score.recall, 1.0);
}

} // namespace
} // namespace icmap::demo
