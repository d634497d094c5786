// Public money by the year, and whose it is.
#include "describe/test_world.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <utility>

namespace icmap::describe {
namespace {
using ::testing::HasSubstr;

TEST(PublicMoney, TellsYearsThatNoSourceSpeaksOfFromYearsWithoutMoney) {
    World world;
    town(world, 0, 0, 4, 0);
    world.cluster(-500, -500, 500, 500);
    world.project("EU", "2016-05-01", "2018-01-01", {0});
    world.project("EU", "2018-08-01", "2020-01-01", {});
    world.project("EU", "2025-01-01", "2026-01-01", {0}); // after the date of the map
    world.run("insert into project (project_id, reference, funder) values (90, 'P90', 'EU')");
    world.describe();
    EXPECT_EQ(world.text("select string_agg(year || ':' || coalesce(public_funding_gbp::varchar, "
                         "'none'), ' ' order by year) from cluster_year where year >= 2014"),
              "2014:none 2015:none 2016:1000.0 2017:0.0 2018:none 2019:none 2020:none 2021:none "
              "2022:none 2023:none 2024:none");
    EXPECT_EQ(world.text("select count(*) from cluster_year where private_investment_gbp is not "
                         "null"),
              "0");
    EXPECT_EQ(world.text("select note from year_coverage"),
              "The projects in the sources start from May 2016 to August 2018: other years are not "
              "available, and 1 without a date is in no year. Of 2016 and 2018 they hold a part: a "
              "sum is of some months, and no money known is not nought but not available.");
    EXPECT_EQ(world.text("select first_is_part || ' ' || last_is_part from year_coverage"),
              "true true");
}

TEST(PublicMoney, TakesAYearForWholeWhereItsSourcesReachToItsEnd) {
    // The newest project starts in December; what the source says of its own date decides.
    for (const auto& [dated, is_part] :
         {std::pair("null", false), std::pair("'2024'", false), std::pair("'2018-12-31'", false),
          std::pair("'2018-08'", true), std::pair("'2018-08-15'", true)}) {
        World world;
        town(world, 0, 0, 4, 0);
        world.cluster(-500, -500, 500, 500);
        world.run(fmt::format("insert into source values (0, 'projects', 'cordis', 'p.csv', null, "
                              "null, null, null, {}, 2, 2, 0, 2, 1, '')",
                              dated));
        world.project("EU", "2016-01-01", "2018-01-01", {0});
        world.project("EU", "2018-12-01", "2020-01-01", {});
        world.describe();
        EXPECT_EQ(world.text("select first_is_part || ' ' || last_is_part from year_coverage"),
                  is_part ? "false true" : "false false")
            << dated;
        EXPECT_EQ(world.text("select coalesce(public_funding_gbp::varchar, 'none') from "
                             "cluster_year where year = 2018"),
                  is_part ? "none" : "0.0")
            << dated;
    }
}

TEST(PublicMoney, TellsOfFundersWhoseProjectsEndSooner) {
    World world;
    town(world, 0, 0, 4, 0);
    world.cluster(-500, -500, 500, 500);
    world.project("Innovate UK", "2012-05-01", "2018-01-01", {0});
    world.project("Innovate UK", "2024-05-01", "2026-01-01", {1});
    world.project("EU", "2012-06-01", "2015-01-01", {0});
    world.project("EU", "2018-08-01", "2020-01-01", {2});
    world.describe();
    EXPECT_THAT(world.text("select note from year_coverage"),
                HasSubstr("from May 2012 to May 2024 (of the EU from 2012 to 2018): other years"));
    EXPECT_EQ(world.text("select string_agg(year || ':' || coalesce(public_funding_gbp::varchar, "
                         "'none'), ' ' order by year) from cluster_year where year >= 2016"),
              "2016:0.0 2017:0.0 2018:1000.0 2019:none 2020:none 2021:none 2022:none 2023:none "
              "2024:1000.0")
        << "where the EU's projects are not in the sources, no other funder's money is no nought";
}

/// The figure of a cluster of four whose members 0 and 1 meet in a project of the EU, given who of
/// them takes part in a further one of Innovate UK.
std::string joint_with_innovate_uk(std::initializer_list<std::uint32_t> members) {
    World world;
    town(world, 0, 0, 4, 0);
    world.cluster(-500, -500, 500, 500);
    world.project("EU", "2020-01-01", "2022-01-01", {0, 1});
    if (members.size() > 0) {
        world.project("Innovate UK", "2021-01-01", "2022-01-01", members);
    }
    world.describe();
    EXPECT_EQ(world.value(0, "joint_projects"), members.size() > 1 ? 2.0 : 1.0);
    return world.text("select coalesce(value::varchar, missing_reason) from cluster_measure where "
                      "measure = 'innovate_uk_joint_projects'");
}

TEST(PublicMoney, TellsJointProjectsOfInnovateUkFromOthers) {
    EXPECT_EQ(joint_with_innovate_uk({}), "no project in the sources is of Innovate UK");
    EXPECT_EQ(joint_with_innovate_uk({2}), "0.0") << "one member alone";
    EXPECT_EQ(joint_with_innovate_uk({0, 3}), "1.0");
}

} // namespace
} // namespace icmap::describe
