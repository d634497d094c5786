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
    all.false_discovery = 0.001;
    return all;
}

ClusterType decide(const TypeEvidence& all) {
    return decide_type(all, read_type_rules().value());
}

TypeEvidence active(std::uint32_t some, std::uint32_t of, double register_share) {
    TypeEvidence all = evidence();
    all.active = some;
    all.enterprises = of;
    all.register_share = register_share;
    return all;
}

TEST(ClusterType, IsDiverseWhenOnlyActive) {
    const auto type = decide(evidence());
    EXPECT_EQ(type.type, "diverse");
    EXPECT_TRUE(type.is_rdi_active);
    EXPECT_THAT(type.reason, HasSubstr("5 of 20 enterprises are RD&I-active (25.0 %)"));
    EXPECT_THAT(type.reason, HasSubstr("1.10 (95 % interval 0.80–1.40) does not lie above 1"));
}

TEST(ClusterType, IsSpecialisedWhenTheConcentrationIsNeitherChanceNorSlight) {
    TypeEvidence all = evidence();
    all.quotient = {1.5, 1.01, 2.0};
    all.false_discovery = 0.05;
    EXPECT_EQ(decide(all).type, "specialised");
    EXPECT_THAT(decide(all).reason, HasSubstr("false-discovery rate is 5.0 %"));
    all.quotient.low = 1.0;
    EXPECT_EQ(decide(all).type, "diverse") << "1 lies in the interval";
    all.quotient.low = 1.01;
    all.false_discovery = 0.0501;
    EXPECT_EQ(decide(all).type, "diverse");
    EXPECT_THAT(decide(all).reason, HasSubstr("may be chance: its false-discovery rate is 5.01 %"));
    all.false_discovery = 0.0001;
    all.quotient.value = 1.249;
    EXPECT_EQ(decide(all).type, "diverse");
    EXPECT_THAT(decide(all).reason, HasSubstr("1.249 (95 % interval 1.01–2.00) is below 1.25"));
}

TEST(ClusterType, IsNotSpecialisedInASectorThatNearlyAllFirmsAreIn) {
    // As measured in a register of publicly funded organisations: 3,829 of 3,839 in the sector.
    TypeEvidence all = evidence();
    all.quotient = {1.00235, 1.00101, 1.00394};
    all.false_discovery = 0.99997;
    EXPECT_EQ(decide(all).type, "diverse");
    EXPECT_THAT(decide(all).reason, HasSubstr("1.00 (95 % interval 1.001–1.004) is below 1.25"));
    all.false_discovery = 0.0;
    EXPECT_EQ(decide(all).type, "diverse") << "certain, but slight";
}

TEST(ClusterType, NeverWritesANumberLikeTheLimitThatItPasses) {
    TypeEvidence all = evidence();
    all.quotient = {1.3, 1.00004, 1.6};
    const auto type = decide(all);
    EXPECT_EQ(type.type, "specialised");
    EXPECT_THAT(type.reason, HasSubstr("1.30 (95 % interval 1.00004–1.60) lies above 1"));
    EXPECT_THAT(decide(active(499, 10'000, 0.001)).reason, HasSubstr("(4.99 %), below 5 %"));
}

TEST(ClusterType, IsCollaboratingWhenJointProjectsAreManyAndAboveChance) {
    TypeEvidence all = evidence();
    all.quotient = {1.5, 1.2, 2.0};
    all.collaboration = {3, 4, 1.0, 0.01};
    EXPECT_EQ(decide(all).type, "rdi_collaborating");
    all.collaboration.p = 0.011;
    EXPECT_EQ(decide(all).type, "specialised");
    all.collaboration = {2, 4, 1.0, 0.002};
    EXPECT_EQ(decide(all).type, "specialised");
}

TEST(ClusterType, WritesLargeNumbersWithSeparators) {
    TypeEvidence all = active(1'234, 5'678, 0.2);
    EXPECT_THAT(decide(all).reason, HasSubstr("1,234 of 5,678 enterprises are RD&I-active"));
    EXPECT_THAT(decide(active(0, 1'894, 0.2)).reason, HasSubstr("none of 1,894 enterprises"));
    all.collaboration = {1'003, 1'769, 1'199.96, 0.002};
    EXPECT_THAT(decide(all).reason,
                HasSubstr("members share 1,003 projects; 1,769 pairs of members meet in projects "
                          "where 1,200.0 would by chance"));
}

TEST(ClusterType, IsActiveByAShareThatIsNeitherSmallNorChance) {
    EXPECT_EQ(decide(active(2, 33, 0.0005)).type, "diverse") << "6.1 %, where 0.05 % are";
    EXPECT_EQ(decide(active(7, 3173, 0.0005)).type, "not_rdi_active") << "0.2 %, however many";
    EXPECT_EQ(decide(active(1, 10, 0.0005)).type, "not_rdi_active") << "one alone";
    EXPECT_THAT(decide(active(1, 10, 0.0005)).reason,
                HasSubstr("1 of 10 enterprises is RD&I-active (10.0 %), fewer than 2"));
    EXPECT_THAT(decide(active(0, 10, 0.0005)).reason, HasSubstr("none of 10 enterprises"));
}

TEST(ClusterType, AsksMoreOfASmallClusterThanOfALargeOneWithTheSameShare) {
    EXPECT_EQ(decide(active(2, 20, 0.05)).type, "not_rdi_active") << "p = 0.26";
    EXPECT_EQ(decide(active(20, 200, 0.05)).type, "diverse");
    EXPECT_THAT(decide(active(2, 20, 0.05)).reason,
                HasSubstr("which chance also gives where 5.0 % are (p = 0.264)"));
}

TEST(ClusterType, NeverLosesItsActivityByOneMoreActiveEnterprise) {
    for (const double usual : {0.0005, 0.02, 0.05, 1.0}) {
        for (const std::uint32_t enterprises : {10U, 33U, 90U, 1000U}) {
            bool was_active = false;
            for (std::uint32_t some = 0; some <= enterprises; ++some) {
                const bool is_active = decide(active(some, enterprises, usual)).is_rdi_active;
                EXPECT_TRUE(is_active || !was_active) << some << " of " << enterprises;
                was_active = is_active;
            }
            EXPECT_TRUE(was_active) << "all of " << enterprises << " are active";
        }
    }
}

TEST(ClusterType, SaysSoWhenThereIsNoEvidenceAtAll) {
    TypeEvidence all = evidence();
    all.has_evidence = false;
    const auto type = decide(all);
    EXPECT_EQ(type.type, "not_rdi_active");
    EXPECT_THAT(type.reason, HasSubstr("no source of evidence"));
}

} // namespace
} // namespace icmap::describe
