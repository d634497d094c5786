// Growth in jobs, like for like.
#include "describe/test_world.hpp"

namespace icmap::describe {
namespace {

void accounts(World& world, std::uint32_t firm, int year, int employees) {
    world.run(fmt::format("insert into account values ({}, date '{}-03-31', {}, null)", firm, year,
                          employees));
    world.run(fmt::format("update firm set employees = {}, employees_year = {} where firm_id = {}",
                          employees, year, firm));
}

/// Eight enterprises in a cluster, of which so many report those jobs in those years.
World reporting(std::uint32_t enterprises, std::initializer_list<std::pair<int, int>> jobs) {
    World world;
    town(world, 0, 0, 8, 0);
    world.cluster(-500, -500, 500, 500);
    for (std::uint32_t firm = 0; firm < enterprises; ++firm) {
        for (const auto& [year, employees] : jobs) {
            accounts(world, firm, year, employees);
        }
    }
    return world;
}

TEST(JobsGrowth, ComparesTheSameEnterprisesAtBothEnds) {
    World world = reporting(6, {{2018, 8}, {2022, 10}, {2023, 11}});
    accounts(world, 6, 2023, 1000); // new to the accounts: no growth of anyone
    accounts(world, 7, 2022, 5);
    accounts(world, 7, 2023, 2023); // a year, read as employees
    world.describe();
    EXPECT_NEAR(world.value(0, "jobs_growth_1y"), 0.1, 1e-12);
    EXPECT_NEAR(world.value(0, "jobs_growth_5y"), 11.0 / 8.0 - 1.0, 1e-12);
    EXPECT_EQ(world.text("select coverage from cluster_measure where measure = 'jobs_growth_1y'"),
              "0.75");
    EXPECT_EQ(world.text("select contributors || ' ' || round(largest, 6) from cluster_sum where "
                         "measure = 'jobs_growth_1y'"),
              "6 0.166667");
}

TEST(JobsGrowth, TakesOfEachEnterpriseItsNewestAccountsIfTheyAreNotOld) {
    World world = reporting(5, {{2022, 10}, {2023, 12}});
    accounts(world, 0, 2024, 24); // files early: 24 after 12
    accounts(world, 5, 2019, 1);
    accounts(world, 5, 2020, 9); // has not filed since
    world.describe();
    EXPECT_NEAR(world.value(0, "jobs_growth_1y"), (24.0 + 4 * 12) / (12.0 + 4 * 10) - 1.0, 1e-12);
}

TEST(JobsGrowth, SaysWhyThereIsNone) {
    World none = reporting(0, {});
    none.describe();
    EXPECT_EQ(none.reason(0, "jobs_growth_1y"), "no source of employees in this project");
    World few = reporting(4, {{2022, 10}, {2023, 11}});
    few.describe();
    EXPECT_EQ(few.reason(0, "jobs_growth_1y"),
              "fewer than five enterprises here report their employees in both years");
    EXPECT_EQ(few.reason(0, "jobs_growth_5y"),
              "the accounts of this project do not reach back so far");
    World empty = reporting(8, {{2022, 0}, {2023, 3}});
    empty.describe();
    EXPECT_EQ(empty.reason(0, "jobs_growth_1y"),
              "the enterprises here that report in both years had no employees");
}

TEST(JobsGrowth, ChainsTheYearsOverTheSameEnterprises) {
    World world = reporting(5, {{2016, 7}, {2020, 10}, {2021, 11}, {2022, 11}});
    accounts(world, 5, 2021, 500); // raises the jobs reported, not the index before 2022
    accounts(world, 5, 2022, 445);
    world.describe();
    EXPECT_EQ(world.text("select string_agg(year || ':' || employees || '/' || "
                         "employees_enterprises || '=' || coalesce(round(jobs_index, 4), 0) || '/' "
                         "|| coalesce(jobs_index_enterprises, 0), ' ' order by year) from "
                         "cluster_year where employees is not null"),
              fmt::format("2016:35/5=0.0/0 2020:50/5=100.0/0 2021:555/6=110.0/5 "
                          "2022:500/6={:.4f}/6",
                          110.0 * 500 / 555));
}

TEST(JobsGrowth, ChainsNoYearOfWhichFewAccountsAreFiled) {
    World world;
    town(world, 0, 0, 12, 0);
    world.cluster(-500, -500, 500, 500);
    for (std::uint32_t firm = 0; firm < 12; ++firm) {
        for (const auto& [year, employees] : {std::pair(2021, 10), {2022, 10}, {2023, 11}}) {
            accounts(world, firm, year, employees);
        }
        if (firm < 5) { // those that file early all shrink
            accounts(world, firm, 2024, 2);
        }
    }
    world.describe();
    EXPECT_EQ(
        world.text("select string_agg(year || '=' || round(jobs_index, 4), ' ' order by year) "
                   "from cluster_year where jobs_index is not null"),
        "2021=100.0 2022=100.0 2023=110.0");
}

} // namespace
} // namespace icmap::describe
