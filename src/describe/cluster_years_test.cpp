#include "describe/cluster_years.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

/// A cluster of one enterprise, told of to 2024.
struct World {
    ClusterTable clusters;
    std::vector<Tally> tallies{1};
    EngagedFirms engaged{{0, 1}, {{0, 0.5}}};
    MoneyColumns money;
    Context context;
    YearSpans spans{{2016, 2024}, {2020, 2023}, {}};
    TellingDate date;

    World() {
        clusters.cluster_id = {3};
        date.year = 2024;
        money.awards = {{0, 0}, {}};
        money.deals = {{0, 0}, {}};
    }
    /// Six enterprises report a step into a year.
    void add_step(std::int32_t year, double before, double now) {
        JobPairs& step = tallies[0].growth.steps.at(
            static_cast<std::size_t>(year - date.year + kGrowthSteps - 1));
        step = {SumTally::millionths_of(now), SumTally::millionths_of(before), 6};
    }
    [[nodiscard]] ClusterYears told() const {
        return tell_years(context, spans, date, {clusters, tallies, engaged, money});
    }
    /// The row of a year.
    [[nodiscard]] std::size_t row(std::int32_t year) const {
        return static_cast<std::size_t>(year - date.year + kYears - 1);
    }
};

TEST(ClusterYears, TheIndexFollowsTheLastUnbrokenRun) {
    World world;
    world.add_step(2016, 100.0, 900.0); // from before the sources hold accounts
    world.add_step(2018, 100.0, 300.0);
    world.add_step(2021, 100.0, 120.0);
    world.add_step(2022, 120.0, 60.0);
    const ClusterYears years = world.told();
    ASSERT_EQ(years.year.size(), static_cast<std::size_t>(kYears));
    EXPECT_EQ(years.year[0], 2014);
    EXPECT_TRUE(std::isnan(years.jobs_index[world.row(2018)])) << "an earlier run";
    EXPECT_EQ(years.jobs_index[world.row(2020)], 100.0);
    EXPECT_EQ(years.index_enterprises[world.row(2020)], std::nullopt);
    EXPECT_NEAR(years.jobs_index[world.row(2021)], 120.0, 1e-9);
    EXPECT_NEAR(years.jobs_index[world.row(2022)], 60.0, 1e-9);
    EXPECT_EQ(years.index_enterprises[world.row(2022)], 6U);
    EXPECT_TRUE(std::isnan(years.jobs_index[world.row(2023)]));
}

TEST(ClusterYears, NoMoneyIsNoughtWhereTheYearIsHeldWholeAndUnknownElsewhere) {
    World world;
    Award known;
    known.year = 2021;
    known.pence = 30'000;
    Award unknown;
    unknown.year = 2022;
    Award early;
    early.year = 2019;
    early.pence = 10'000;
    world.money.awards = {{0, 3}, {known, unknown, early}};
    const ClusterYears years = world.told();
    EXPECT_EQ(years.public_gbp[world.row(2021)], 150.0) << "half of its sites are here";
    EXPECT_TRUE(std::isnan(years.public_gbp[world.row(2022)])) << "an award without an amount";
    EXPECT_EQ(years.public_gbp[world.row(2023)], 0.0);
    EXPECT_EQ(years.public_gbp[world.row(2019)], 50.0) << "what is known of a year held in part";
    EXPECT_TRUE(std::isnan(years.public_gbp[world.row(2018)]));
    EXPECT_TRUE(std::isnan(years.private_gbp[world.row(2021)])) << "no deals are known of at all";
}

TEST(ClusterYears, JobsAreToldInTheYearsThatTheSourcesHold) {
    World world;
    world.context.has_closed_firms = true;
    SumTally sum;
    sum.add(2.5);
    sum.add(4.0);
    world.tallies[0].jobs = {{2015, sum}, {2020, sum}};
    world.tallies[0].years.at(world.row(2020)).deaths = 4;
    const ClusterYears years = world.told();
    EXPECT_EQ(years.employees[world.row(2020)], 7) << "rounded, halves up";
    EXPECT_EQ(years.reporting[world.row(2020)], 2U);
    EXPECT_EQ(years.employees[world.row(2015)], std::nullopt);
    EXPECT_EQ(years.deaths[world.row(2020)], 4U);
    world.context.has_closed_firms = false;
    EXPECT_EQ(world.told().deaths[world.row(2020)], std::nullopt);
}

} // namespace
} // namespace icmap::describe
