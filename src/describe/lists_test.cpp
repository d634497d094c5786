#include "describe/test_world.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap::describe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Describe, ListsInstitutionsByDistanceFromTheNearestMember) {
    World world;
    town(world, 0, 0, 3, 0);
    world.run(
        fmt::format("insert into asset values (0, 'Far University', 'university', null, null, "
                    "'unit', {}, {}, 30000, 0), (1, 'Near Hospital', 'hospital', null, null, "
                    "'unit', {}, {}, 1020, 0), (2, 'Near University', 'university', null, "
                    "null, 'unit', {}, {}, 5020, 0)",
                    lon(30'000), lat(0), lon(1'020), lat(0), lon(5'020), lat(0)));
    world.cluster(-500, -500, 500, 500);
    world.describe();
    EXPECT_EQ(
        world.text("select string_agg(label || ' ' || round(value, 3), '|' order by position) "
                   "from cluster_item where list = 'top_institution'"),
        "Near University 5.0");
    EXPECT_EQ(world.text("select string_agg(label, '|') from cluster_item "
                         "where list = 'other_institution'"),
              "Near Hospital");
    EXPECT_NEAR(world.value(0, "nearest_institution_km"), 5.0, 1e-9);
}

TEST(Describe, SaysHowEachSectorIsSpreadOverLocalAuthorities) {
    World world;
    town(world, 0, 0, 10, 10);     // sites 0-19 in area 0
    town(world, 20'000, 0, 0, 20); // sites 20-39 in area 1
    world.cluster(-500, -500, 500, 500);
    world.run("insert into site_area select i, 'lower_tier', if(i < 20, 0, 1) from range(40) r(i)");
    world.describe();
    const auto value = [&world](const std::string& measure) {
        return world.connection
            .real("select value from sector_measure where sector_id = 0 and measure = '" + measure +
                  "'")
            .value();
    };
    // All ten plants in one of two equal authorities: G = 1/2, H = 1/10, so (1/2 - 1/20) / (9/20).
    EXPECT_NEAR(value("ellison_glaeser"), 1.0, 1e-12);
    EXPECT_NEAR(value("hoover"), 0.5, 1e-12);
}

TEST(Describe, SaysWhyASectorsSpreadIsMissing) {
    World world;
    town(world, 0, 0, 10, 0);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into site_area select i, 'lower_tier', 0 from range(10) r(i)");
    world.describe();
    EXPECT_EQ(world.text("select count(*) from sector_measure where value is null and "
                         "missing_reason like 'fewer than two%'"),
              "3");
}

/// Widgets (0) and gadgets (2) are at home in areas 0 and 1, cogs (3) in 2 alone; fine widgets (1)
/// are part of widgets.
TEST(Describe, RelatesSectorsThatAreAtHomeInTheSameAuthorities) {
    World world;
    world.run("insert into sector values "
              "(2, 'gadgets', 'Gadgets', 'user', null, false, null, 'Makers.', 'us'), "
              "(3, 'cogs', 'Cogs', 'user', null, false, null, 'Makers.', 'us'), "
              "(4, 'sic-26', 'Electronics', 'sic', null, false, null, 'SIC 26', 'us')");
    town(world, 0, 0, 6, 6);       // sites 0-11, area 0
    town(world, 20'000, 0, 6, 6);  // sites 12-23, area 1
    town(world, 40'000, 0, 0, 12); // sites 24-35, area 2
    world.cluster(-500, -500, 500, 500);
    world.run("insert into firm_sector select i, 1, 'list' from range(6) r(i)");
    world.run("insert into firm_sector select i, 2, 'list' from range(24) r(i)");
    world.run("insert into firm_sector select i, 3, 'list' from range(24, 32) r(i)");
    world.run("insert into firm_sector select i, 4, 'list' from range(24) r(i)");
    world.run("insert into site_area select i, 'lower_tier', i // 12 from range(36) r(i)");
    world.run("insert into site_area select i, 'region', 3 from range(36) r(i)");
    world.describe();
    // Gadgets share two authorities with widgets and one with fine widgets; the totals are 2
    // (widgets), 1 and 3.
    EXPECT_EQ(
        world.text(
            "select string_agg(sector_id || '-' || related_id || ' ' || round(relatedness, 4), '|' "
            "order by sector_id, position) from sector_relation"),
        "0-2 0.6667|1-2 0.4082|2-0 0.6667|2-1 0.4082")
        << "no cogs, no part of itself, no other type";
    EXPECT_EQ(world.text("select string_agg(enterprises || ' ' || sites || ' ' || "
                         "round(location_quotient, 3), '|' "
                         "order by area_id) from area_sector where sector_id = 2"),
              "12 12 1.5|12 12 1.5|0 0 0.0|24 24 1.0");
    EXPECT_EQ(world.text(
                  "select string_agg(coalesce(round(relatedness_density, 3)::varchar, 'none'), '|' "
                  "order by area_id) from area_sector where sector_id = 2"),
              "1.0|0.62|0.0|1.0");
    EXPECT_EQ(world.text("select count(*) from area_sector where sector_id = 3 and "
                         "relatedness_density is not null"),
              "0");
}

/// A build from the clusters on keeps what is told of sectors alone, also where no local authority
/// is known.
TEST(Describe, TellsOfSectorsInAreasOnceHoweverOftenItIsRun) {
    World world;
    town(world, 0, 0, 6, 6);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into site_area select i, 'region', 0 from range(12) r(i)");
    world.describe();
    const std::string rows = world.text("select count(*) from area_sector");
    EXPECT_NE(rows, "0");
    EXPECT_EQ(world.text("select count(*) from sector_measure"), "0");
    world.run("delete from cluster; delete from cluster_measure; delete from cluster_item; "
              "delete from cluster_sum; delete from cluster_year; delete from year_coverage; "
              "delete from cluster_link");
    world.describe();
    EXPECT_EQ(world.text("select count(*) from area_sector"), rows);
}

/// One firm in four small towns: its quotient says nothing there.
TEST(Describe, AsksForFiveEnterprisesBeforeASectorIsAtHome) {
    World world;
    world.run("insert into sector values (2, 'gadgets', 'Gadgets', 'user', null, false, null, "
              "'Makers.', 'us')");
    town(world, 0, 0, 4, 2);
    town(world, 20'000, 0, 0, 30);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into firm_sector select i, 2, 'list' from range(4) r(i)");
    world.run("insert into site_area select i, 'lower_tier', if(i < 6, 0, 1) from range(36) r(i)");
    world.describe();
    EXPECT_EQ(world.text("select count(*) from sector_relation"), "0");
    EXPECT_EQ(world.text("select count(*) from area_sector where location_quotient > 5"), "2");
}

TEST(Describe, ListsInvestorsThatHaveAName) {
    World world;
    town(world, 0, 0, 3, 0);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into deal select i, 'x', date '2021-05-01', 'seed', 1e6, i, 'number', 1 from "
              "range(3) r(i)");
    world.run("insert into deal_investor values (0, 'Unknown Pleasures Capital'), "
              "(0, 'Undisclosed investor'), (1, 'Undisclosed'), (1, 'UNDISCLOSED INVESTORS'), "
              "(1, 'Unknown'), (1, 'N/A'), (2, 'not disclosed'), (2, '-'), "
              "(2, 'Undisclosed angel investors'), (2, 'Fund B'), (0, 'Fund B'), (0, 'Nonesuch')");
    world.describe();
    EXPECT_EQ(world.text("select string_agg(label || ' ' || value::integer, '|' order by position) "
                         "from cluster_item where list = 'top_investor'"),
              "Fund B 2|Nonesuch 1|Unknown Pleasures Capital 1");
}

TEST(Describe, ListsPeersWithWhatTheyAreAlikeIn) {
    World world;
    for (int i = 0; i < 3; ++i) {
        town(world, 20'000 * i, 0, i == 1 ? 12 : 3, 2);
        world.cluster(20'000 * i - 500, -500, 20'000 * i + 500, 500);
    }
    world.run("update firm set sic_codes = ['26110', '62012'] where firm_id < 5");
    world.run("update firm set sic_codes = ['26200'] where firm_id >= 19");
    world.run("update firm set sic_codes = ['10110'] where firm_id between 5 and 18");
    world.describe();
    EXPECT_EQ(world.text("select string_agg(ref_id, ' ' order by position) from cluster_item where "
                         "list = 'peer' and cluster_id = 0"),
              "2 1");
    EXPECT_THAT(world.text("select note from cluster_item where list = 'peer' and cluster_id = 0 "
                           "and position = 1"),
                AllOf(HasSubstr("size (3 and 3 enterprises)"), HasSubstr("mix of industries")));
    EXPECT_EQ(world.text("select value from cluster_item where list = 'peer' and cluster_id = 0 "
                         "and position = 1"),
              "1.0")
        << "the same in everything";
}

TEST(Describe, ListsTheSupportThatFitsTheClosestFirst) {
    World world;
    town(world, 0, 0, 10, 0);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into area select i, 'E' || i, 'Area ' || i, 'region', null, 0, 0, ''::blob "
              "from range(3) r(i)");
    world.run("insert into site_area select i, 'region', if(i < 9, 0, 1) from range(9) r(i)");
    world.run("update sector set parent_id = 1 where sector_id = 0");
    world.run("insert into support values "
              "(0, 'Any', 'P', null, null, null, null), "
              "(1, 'Elsewhere', 'P', null, null, null, ['E2']), "
              "(2, 'Here', 'P', null, null, null, ['E0', 'E2']), "
              "(3, 'Parent sector here', 'P', null, null, ['fine-widgets'], ['E0']), "
              "(4, 'Sector', null, null, null, ['widgets'], null), "
              "(5, 'Other sector', 'P', null, null, ['quantum'], null)");
    world.describe();
    EXPECT_EQ(world.text("select string_agg(label || ': ' || note, '|' order by position) from "
                         "cluster_item where list = 'support'"),
              "Parent sector here: P; for Fine widgets; in Area 0|Sector: for Widgets; anywhere|"
              "Here: P; for every sector; in Area 0|Any: P; for every sector; anywhere");
    EXPECT_EQ(world.text("select string_agg(ref_id, ' ' order by position) from cluster_item "
                         "where list = 'support'"),
              "3 4 2 0");
}

} // namespace
} // namespace icmap::describe
