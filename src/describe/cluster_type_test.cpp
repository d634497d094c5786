#include "describe/cluster_type.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

using ::testing::HasSubstr;

TypeEvidence evidence() {
    TypeEvidence all;
    all.enterprises = 20;
    all.active = 5;
    all.register_share = 0.2;
    all.quotient = {1.1, 0.8, 1.4};
    return all;
}

TEST(ClusterType, IsDiverseWhenOnlyActive) {
    const auto type = decide_type(evidence(), {});
    EXPECT_EQ(type.type, "diverse");
    EXPECT_TRUE(type.is_rdi_active);
    EXPECT_THAT(type.reason, HasSubstr("5 of 20 enterprises are RD&I-active (25.0 %)"));
    EXPECT_THAT(type.reason, HasSubstr("1.10 (95 % interval 0.80–1.40)"));
}

TEST(ClusterType, IsSpecialisedOnlyWhenTheIntervalLiesAboveOne) {
    TypeEvidence all = evidence();
    all.quotient = {1.5, 1.0, 2.0};
    EXPECT_EQ(decide_type(all, {}).type, "diverse");
    all.quotient.low = 1.01;
    EXPECT_EQ(decide_type(all, {}).type, "specialised");
}

TEST(ClusterType, IsCollaboratingWhenJointProjectsAreManyAndAboveChance) {
    TypeEvidence all = evidence();
    all.quotient = {1.5, 1.2, 2.0};
    all.collaboration = {3, 4, 1.0, 0.01};
    EXPECT_EQ(decide_type(all, {}).type, "rdi_collaborating");
    all.collaboration.p = 0.011;
    EXPECT_EQ(decide_type(all, {}).type, "specialised");
    all.collaboration = {2, 4, 1.0, 0.002};
    EXPECT_EQ(decide_type(all, {}).type, "specialised");
}

TEST(ClusterType, IsNotActiveWithTooFewOrTooSmallAShare) {
    TypeEvidence all = evidence();
    all.active = 2;
    EXPECT_EQ(decide_type(all, {}).type, "not_rdi_active");
    all.active = 3;
    all.enterprises = 61;
    EXPECT_EQ(decide_type(all, {}).type, "not_rdi_active");
    all.enterprises = 60;
    EXPECT_EQ(decide_type(all, {}).type, "diverse");
    // Where the whole register is less active than the limit, the register is the limit.
    all.enterprises = 200;
    all.register_share = 0.01;
    EXPECT_EQ(decide_type(all, {}).type, "diverse");
}

TEST(ClusterType, SaysSoWhenThereIsNoEvidenceAtAll) {
    TypeEvidence all = evidence();
    all.has_evidence = false;
    const auto type = decide_type(all, {});
    EXPECT_EQ(type.type, "not_rdi_active");
    EXPECT_THAT(type.reason, HasSubstr("no source of evidence"));
}

} // namespace
} // namespace icmap::describe
