#include "describe/test_world.hpp"

namespace icmap::describe {
namespace {

TEST(Funding, KeepsTheUnknownMoneyOfOneFunderApartFromNoMoney) {
    World world;
    town(world, 0, 0, 3, 0);
    town(world, 20'000, 0, 3, 0);
    world.cluster(-500, -500, 500, 500);
    world.cluster(19'500, -500, 20'500, 500);
    world.project("Innovate UK", "2020-01-01", "2022-01-01", {0});
    world.project("EPSRC", "2021-01-01", "2022-01-01", {1});
    world.project("Engineering and Physical Sciences Research Council", "2020-01-01", "2022-01-01",
                  {3, 4});
    world.project("EPSRC", "2019-01-01", "2022-01-01", {}); // the sources speak of 2019
    world.run("update participation set award_gbp = null where firm_id in (1, 4)");
    world.describe();
    EXPECT_EQ(world.value(0, "innovate_uk_funding_gbp"), 1000.0);
    EXPECT_EQ(world.reason(0, "ukri_funding_gbp"),
              "the sources give no amounts for the UKRI projects here");
    EXPECT_EQ(world.reason(0, "eu_funding_gbp"), "no project in the sources is of the EU");
    EXPECT_EQ(world.value(0, "public_funding_gbp"), 1000.0);
    EXPECT_EQ(world.value(1, "innovate_uk_funding_gbp"), 0.0);
    EXPECT_EQ(world.value(1, "ukri_funding_gbp"), 1000.0);
    EXPECT_EQ(world.text("select string_agg(coverage, ' ' order by cluster_id, measure) from "
                         "cluster_measure where measure in ('innovate_uk_funding_gbp', "
                         "'public_funding_gbp', 'ukri_funding_gbp')"),
              "1.0 0.5 0.0 1.0 0.5 0.5");
    EXPECT_EQ(world.text("select string_agg(coalesce(public_funding_gbp::varchar, '-'), ' ' order "
                         "by year) from cluster_year where cluster_id = 0 and year between 2019 "
                         "and 2021"),
              "0.0 1000.0 -");
}

TEST(Funding, CountsTheCouncilsThatGatewayToResearchNamesAsUkri) {
    World world;
    town(world, 0, 0, 8, 0);
    world.cluster(-500, -500, 500, 500);
    std::uint32_t firm = 0;
    for (const char* funder : {"EPSRC", "MRC",
                               "Biotechnology and Biological Sciences Research "
                               "Council",
                               "Innovate UK", "EU", "Wellcome Trust"}) {
        world.project(funder, "2020-01-01", "2022-01-01", {firm++});
    }
    world.describe();
    EXPECT_EQ(world.value(0, "ukri_funding_gbp"), 3000.0);
    EXPECT_EQ(world.value(0, "innovate_uk_funding_gbp"), 1000.0);
    EXPECT_EQ(world.value(0, "eu_funding_gbp"), 1000.0);
    EXPECT_EQ(world.value(0, "public_funding_gbp"), 6000.0);
    EXPECT_EQ(world.value(0, "ukri_engagement_share"), 0.5);
    EXPECT_EQ(world.text("select contributors from cluster_sum where measure = "
                         "'ukri_funding_gbp' and year is null"),
              "3");
}

TEST(Funding, SaysThatNoProjectIsUkrisOnlyWhereNoneIs) {
    World world;
    town(world, 0, 0, 3, 0);
    world.cluster(-500, -500, 500, 500);
    world.project("Welsh Government", "2020-01-01", "2022-01-01", {0});
    world.describe();
    EXPECT_EQ(world.reason(0, "ukri_funding_gbp"), "no project in the sources is of UKRI");
    EXPECT_EQ(world.reason(0, "ukri_engagement_share"),
              "no project in the sources is of Innovate UK or UKRI");
    EXPECT_EQ(world.value(0, "public_funding_gbp"), 1000.0);
}

} // namespace
} // namespace icmap::describe
