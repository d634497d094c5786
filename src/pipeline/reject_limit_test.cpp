#include "pipeline/reject_limit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ingest::SourceReport source(std::uint64_t read, std::uint64_t rejected) {
    ingest::SourceReport report;
    report.kind = "firms";
    report.format = "table";
    report.path = "firms.csv";
    report.rows_read = read;
    report.rows_rejected = rejected;
    report.rows_kept = read - rejected;
    report.rejects = {{"missing_value", "error", "name", rejected, {"firms.csv:3: name is blank"}},
                      {"unknown_sic", "warning", "sic_codes", 9, {"firms.csv:9: no code"}}};
    return report;
}

Project allowing(double share) {
    Project project;
    project.file = "p.toml";
    project.ingest.max_reject_share = share;
    return project;
}

TEST(RejectLimit, AShareUpToTheLimitLetsTheBuildGoOn) {
    const std::vector<ingest::SourceReport> sources{source(100, 5), source(0, 0), source(7, 0)};
    EXPECT_TRUE(check_rejects(allowing(0.05), sources));
    EXPECT_FALSE(check_rejects(allowing(0.049), sources));
}

TEST(RejectLimit, NoRejectIsAllowedAtZero) {
    EXPECT_TRUE(check_rejects(allowing(0.0), std::vector{source(1'000'000, 0)}));
    EXPECT_FALSE(check_rejects(allowing(0.0), std::vector{source(1'000'000, 1)}));
}

TEST(RejectLimit, ASourceWithoutOneGoodRowIsAFaultWhateverTheLimit) {
    EXPECT_FALSE(check_rejects(allowing(1.0), std::vector{source(3, 3)}));
    EXPECT_TRUE(check_rejects(allowing(1.0), std::vector{source(3, 2)}));
}

TEST(RejectLimit, TheErrorNamesEverySuchSourceAndItsFirstRejectedRows) {
    const auto done = check_rejects(allowing(0.05), std::vector{source(10, 1), source(4, 4)});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::input);
    const std::string text = done.error().message();
    EXPECT_THAT(text, HasSubstr("Too much of 2 sources was rejected"));
    EXPECT_THAT(text, HasSubstr("1 of 10 rows rejected (10.0 %)"));
    EXPECT_THAT(text, HasSubstr("4 of 4 rows rejected (100.0 %)"));
    EXPECT_THAT(text, HasSubstr("firms.csv:3: name is blank"));
    EXPECT_THAT(text, Not(HasSubstr("unknown_sic"))) << "a warning costs no row";
}

} // namespace
} // namespace icmap::pipeline
