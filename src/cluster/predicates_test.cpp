#include "cluster/predicates.hpp"

#include "cluster/brute_force.hpp"
#include "cluster/worlds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::cluster {
namespace {

using testing::HasSubstr;
using testing::Optional;

// Two clusters, a border point between them nearer to the second, and one noise point.
constexpr DbscanOptions kOptions{Metres{2.0}, 4};
constexpr const char* kPicture = "***\n"
                                 "*.*\n"
                                 "......*.........*\n"
                                 "...............\n"
                                 "......***\n"
                                 "......***";

class Checker : public testing::Test {
  protected:
    void expect_refused(const char* because) {
        EXPECT_THAT(what_is_wrong(world_.points(), kOptions, labels_),
                    Optional(HasSubstr(because)));
    }
    worlds::World world_ = worlds::draw(kPicture);
    Labels labels_ = dbscan_brute_force(world_.points(), kOptions);
};

TEST_F(Checker, AcceptsTheRightAnswer) {
    EXPECT_EQ(what_is_wrong(world_.points(), kOptions, labels_), std::nullopt);
    EXPECT_EQ(worlds::show(world_, labels_), "AAA\n"
                                             "A.A\n"
                                             "......b.........-\n"
                                             "...............\n"
                                             "......BBB\n"
                                             "......BBB");
}

TEST_F(Checker, RefusesAMissingLabel) {
    labels_.label.pop_back();
    expect_refused("labels and");
}

TEST_F(Checker, RefusesALabelBeyondTheClusters) {
    labels_.label[6] = 2;
    expect_refused("label 2 of 2");
}

TEST_F(Checker, RefusesACorePointThatIsNoise) {
    labels_.label[0] = -1;
    expect_refused("core point 0 is noise");
}

TEST_F(Checker, RefusesAWrongCoreFlag) {
    labels_.is_core[5] = 1;
    expect_refused("point 5 has weight");
}

TEST_F(Checker, RefusesACoreFlagThatIsMissing) {
    labels_.is_core[0] = 0;
    expect_refused("point 0 has weight");
}

TEST_F(Checker, RefusesACutThroughACluster) {
    labels_.label[12] = 0;
    expect_refused("within eps but in clusters");
}

TEST_F(Checker, RefusesTwoClustersUnderOneNumber) {
    for (std::int32_t& label : labels_.label) {
        label = label == 1 ? 0 : label;
    }
    labels_.cluster_count = 1;
    expect_refused("not connected");
}

TEST_F(Checker, RefusesAClusterWithoutPoints) {
    labels_.cluster_count = 3;
    expect_refused("no core point");
}

TEST_F(Checker, RefusesClustersOutOfOrder) {
    for (std::int32_t& label : labels_.label) {
        label = label < 0 ? label : 1 - label;
    }
    expect_refused("order");
}

TEST_F(Checker, RefusesABorderPointInTheFartherCluster) {
    labels_.label[5] = 0;
    expect_refused("point 5 that is not core");
}

TEST_F(Checker, RefusesABorderPointCalledNoise) {
    labels_.label[5] = -1;
    expect_refused("point 5 that is not core");
}

TEST_F(Checker, RefusesNoiseInACluster) {
    labels_.label[6] = 0;
    expect_refused("point 6 that is not core");
}

TEST_F(Checker, TakesCoreFlagsAsGivenWhereAMethodDecidesThemOtherwise) {
    const auto wrong = [&] {
        return what_is_wrong_given_core(world_.points(), Metres{2.0}, labels_);
    };
    EXPECT_EQ(wrong(), std::nullopt);
    labels_.is_core[12] = 0; // at the corner: the rest holds together without it
    EXPECT_EQ(wrong(), std::nullopt);
    EXPECT_NE(what_is_wrong(world_.points(), kOptions, labels_), std::nullopt);
    labels_.label[12] = 0;
    EXPECT_THAT(wrong(), Optional(HasSubstr("point 12 that is not core")));
    labels_.label[12] = 1;
    labels_.label[11] = 0;
    EXPECT_THAT(wrong(), Optional(HasSubstr("within eps but in clusters")));
}

} // namespace
} // namespace icmap::cluster
