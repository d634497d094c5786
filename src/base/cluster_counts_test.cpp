#include "base/cluster_counts.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(ClusterCounts, AreToldInTheSameWordsEverywhere) {
    EXPECT_EQ(in_words(ClusterCounts{1562, 88, 102}),
              "1,562 clusters in 88 of 102 sectors with sites");
    EXPECT_EQ(in_words(ClusterCounts{1, 1, 1}), "1 cluster in 1 of 1 sector with sites");
}

} // namespace
} // namespace icmap
