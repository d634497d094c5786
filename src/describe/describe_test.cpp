#include "describe/describe.hpp"

#include "describe/test_world.hpp"

#include "base/embedded.hpp"
#include "base/parallel.hpp"
#include "base/toml.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace icmap::describe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> words_of(store::Connection& connection, const char* type) {
    std::vector<std::string> words;
    EXPECT_TRUE(connection.read(fmt::format("select unnest(enum_range(null::{}))", type),
                                [&words](const auto& chunk) {
                                    for (std::size_t i = 0; i < chunk.size(); ++i) {
                                        words.emplace_back(chunk.text(0, i));
                                    }
                                }));
    return words;
}

/// Rows that are ordered by a list or a measure are ordered by its name.
TEST(Describe, NamesListsUnitsAndMeasuresInTheOrderOfTheAlphabet) {
    World world;
    for (const char* type : {"item_list", "item_unit", "measure_name"}) {
        const auto words = words_of(world.connection, type);
        EXPECT_GT(words.size(), 5U) << type;
        EXPECT_TRUE(std::is_sorted(words.begin(), words.end())) << type;
    }
}

TEST(Describe, WritesEveryMeasureThatIsDefinedAndDefinesEveryMeasureThatIsWritten) {
    World world;
    town(world, 0, 0, 12, 4);
    world.cluster(-500, -500, 500, 500);
    const auto report = world.describe();
    const auto definitions =
        toml::parse(base::find_text(reference::texts(), "measures.toml").value(), "measures.toml")
            .value();
    std::set<std::string> defined;
    const std::set<std::string> units{"jobs", "gbp", "share", "ratio", "count",
                                      "year", "km",  "km2",   ""};
    const toml::Array* measures = definitions["measure"].as_array();
    ASSERT_NE(measures, nullptr);
    for (const toml::Node& node : *measures) {
        const toml::Table* table = node.as_table();
        ASSERT_NE(table, nullptr);
        const toml::Table& entry = *table;
        const std::string key = entry["measure"].value<std::string>().value();
        EXPECT_TRUE(defined.insert(key).second) << key;
        for (const char* field :
             {"label", "group", "definition", "formula", "source", "caveat", "method", "better"}) {
            EXPECT_FALSE(entry[field].value_or(std::string()).empty()) << key << " " << field;
        }
        EXPECT_TRUE(units.contains(entry["unit"].value<std::string>().value())) << key;
        EXPECT_TRUE(entry["decimals"].value<std::int64_t>()) << key;
    }
    std::set<std::string> written;
    ASSERT_TRUE(world.connection.read("select measure from cluster_measure",
                                      [&written](const store::Chunk& chunk) {
                                          for (std::size_t i = 0; i < chunk.size(); ++i) {
                                              written.emplace(chunk.text(0, i));
                                          }
                                      }));
    EXPECT_EQ(written, defined);
    EXPECT_EQ(words_of(world.connection, "measure_name"),
              std::vector<std::string>(defined.begin(), defined.end()));
    EXPECT_EQ(report.measures, defined.size());
    EXPECT_EQ(world.connection
                  .integer("select count(*) from cluster_measure where (value is null) != "
                           "(missing_reason is not null)")
                  .value(),
              0);
}

TEST(Describe, NamesClustersAfterTheirPlacesAndKeepsNamesUnique) {
    World world;
    world.place("Sheffield", "city", 0.82, 0, 0);
    world.place("Rotherham", "town", 0.68, 10'000, 0);
    world.place("Attercliffe", "suburb", 0.4, 3'000, 3'000);
    town(world, 100, 0, 6, 0);
    town(world, 10'000, 0, 5, 0);
    town(world, 0, -3'000, 4, 0);
    town(world, 3'000, 3'000, 3, 0);
    town(world, 0, -5'000, 3, 0);
    world.cluster(-500, -500, 11'000, 500);
    world.cluster(-500, -3'500, 500, -2'500);
    world.cluster(2'500, 2'500, 3'500, 3'500);
    world.cluster(-500, -5'500, 500, -4'500);
    world.describe();
    EXPECT_EQ(world.text("select string_agg(name, '|' order by cluster_id) from cluster"),
              "Sheffield and Rotherham|Sheffield|Sheffield (Attercliffe)|Sheffield (south)");
    EXPECT_EQ(world.text("select slug from cluster where cluster_id = 2"),
              "widgets-sheffield-attercliffe");
    EXPECT_EQ(world.text("select string_agg(label, '|' order by position) from cluster_item where "
                         "list = 'place' and cluster_id = 0"),
              "Sheffield|Rotherham");
}

TEST(Describe, MeasuresSpecialisationAgainstTheSitesInsideTheOutline) {
    World world;
    town(world, 0, 0, 12, 4);
    town(world, 20'000, 0, 4, 60);
    world.cluster(-500, -500, 500, 500);
    world.cluster(19'500, -500, 20'900, 500);
    world.describe();
    // 12 of 16 inside, 16 of 80 in all; 4 of 64 inside.
    EXPECT_NEAR(world.value(0, "location_quotient"), (12.0 / 16.0) / (16.0 / 80.0), 1e-12);
    EXPECT_NEAR(world.value(1, "location_quotient"), (4.0 / 64.0) / (16.0 / 80.0), 1e-12);
    EXPECT_EQ(world.text("select string_agg((low < value and value < high)::varchar, ',') from "
                         "cluster_measure where measure = 'location_quotient'"),
              "true,true");
    EXPECT_NEAR(world.value(0, "share_of_clustered_sites"), 0.75, 1e-12);
    EXPECT_NEAR(world.value(0, "share_of_sector_sites"), 0.75, 1e-12);
    EXPECT_EQ(
        world.text("select string_agg(rank || '/' || ranked_of, ' ' order by cluster_id) from "
                   "cluster_measure where measure = 'location_quotient'"),
        "1/2 2/2");
}

TEST(Describe, SharesOutWhatAnEnterpriseHasOverItsSites) {
    World world;
    const auto group = world.firm(0, 0, true, "employees = 100, turnover_gbp = 1000");
    world.site(group, 10, 0);
    world.site(group, 20, 0);
    world.site(group, 50'000, 0); // elsewhere
    world.firm(30, 0, true, "employees = 5");
    world.firm(40, 0, true);
    world.cluster(-500, -500, 500, 500);
    world.describe();
    EXPECT_NEAR(world.value(0, "employment"), 75.0 + 5.0, 1e-6);
    EXPECT_NEAR(
        world.connection.real("select coverage from cluster_measure where measure = 'employment'")
            .value(),
        2.0 / 3.0, 1e-9);
    EXPECT_NEAR(world.value(0, "turnover_gbp"), 750.0, 1e-6);
    EXPECT_EQ(
        world.text("select string_agg(concat_ws(' ', measure, contributors, largest, second), "
                   "'|' order by measure) from cluster_sum where year is null"),
        "employment 2 75.0 5.0|turnover_gbp 1 750.0 0.0")
        << "what disclosure control must know";
    // Sites 3, 1, 1: Herfindahl 11/25.
    EXPECT_NEAR(world.value(0, "effective_enterprises"), 25.0 / 11.0, 1e-12);
    EXPECT_NEAR(world.value(0, "largest_firm_share"), 0.6, 1e-12);
    EXPECT_NEAR(world.value(0, "largest_firm_employment_share"), 75.0 / 80.0, 1e-9);
    EXPECT_EQ(world.text("select site_count || ' ' || enterprise_count from cluster"), "5 3");
    EXPECT_EQ(world.text("select label || ' ' || value || ' ' || unit from cluster_item where "
                         "list = 'top_firm' and position = 1"),
              "Firm 0 100.0 jobs");
}

TEST(Describe, SaysWhyAFigureIsMissing) {
    World world;
    town(world, 0, 0, 12, 0);
    world.cluster(-500, -500, 500, 500);
    world.describe();
    EXPECT_EQ(world.reason(0, "patent_share"), "no patent source in this project");
    EXPECT_EQ(world.reason(0, "employment"), "no source of employees in this project");
    EXPECT_EQ(world.reason(0, "public_funding_gbp"),
              "no source of publicly funded projects in this project");
    EXPECT_EQ(world.reason(0, "joint_projects"),
              "no source of publicly funded projects in this project");
    EXPECT_EQ(world.reason(0, "rd_tax_credit_2019_20_gbp"),
              "R&D tax relief is published by no open source at this level");
    EXPECT_EQ(world.text("select type from cluster"), "not_rdi_active");
    EXPECT_THAT(world.text("select type_reason from cluster"), HasSubstr("no source of evidence"));
}

TEST(Describe, KnowsNoPatentFiledAfterTheDate) {
    World world;
    town(world, 0, 0, 4, 0);
    world.cluster(-500, -500, 500, 500);
    world.run("insert into patent values "
              "(0, 'GB1', date '2020-01-01', null, null, 'x', 0, null, 'name', 1), "
              "(1, 'GB2', null, null, null, 'x', 1, null, 'name', 1), "
              "(2, 'GB3', date '2024-12-01', null, null, 'x', 2, null, 'name', 1)");
    world.describe();
    EXPECT_EQ(world.value(0, "patents"), 2.0);
    EXPECT_EQ(world.value(0, "patent_share"), 0.5);
}

TEST(Describe, TellsNoJobsReportedFromJobsNotReported) {
    World world;
    world.firm(0, 0, true, "employees = 0, incorporated = null");
    world.firm(10, 0, true, "incorporated = null");
    world.firm(
        20, 10, true,
        "is_active = false, incorporated = date '2012-01-01', dissolved = date '2022-05-01'");
    world.cluster(-500, -500, 500, 500);
    world.describe();
    EXPECT_EQ(world.value(0, "employment"), 0.0);
    EXPECT_EQ(world.reason(0, "largest_firm_employment_share"),
              "the enterprises here that report employees have none");
    EXPECT_EQ(world.text("select coalesce(value::varchar, 'none') || ' ' || missing_reason from "
                         "cluster_measure where measure = 'enterprise_growth_5y'"),
              "none no date of incorporation is known here");
}

/// A cluster with evidence: eight of twelve members took part in projects.
World active_world(bool together) {
    World world;
    town(world, 0, 0, 12, 60);
    town(world, 20'000, 0, 60, 0);
    world.cluster(-500, -500, 500, 500);
    for (std::uint32_t i = 0; i < 8; i += 2) {
        if (together) {
            world.project("Innovate UK", "2020-01-01", "2026-01-01", {i, i + 1});
        } else {
            world.project("Innovate UK", "2020-01-01", "2026-01-01", {i, 100 + i});
            world.project("EPSRC", "2020-01-01", "2022-01-01", {i + 1, 120 + i});
        }
    }
    for (std::uint32_t i = 0; i < 40; ++i) {
        world.project("EPSRC", "2021-01-01", "2022-01-01", {80 + i % 50, 79 + (i + 7) % 50});
    }
    return world;
}

TEST(Describe, CallsAClusterCollaboratingWhenMembersMeetMoreThanByChance) {
    World world = active_world(true);
    const auto report = world.describe();
    EXPECT_EQ(report.rdi_collaborating, 1U);
    EXPECT_EQ(world.text("select type from cluster"), "rdi_collaborating");
    EXPECT_EQ(world.value(0, "joint_projects"), 4.0);
    EXPECT_EQ(world.value(0, "innovate_uk_joint_projects"), 4.0);
    EXPECT_EQ(world.value(0, "collaborating_pairs"), 4.0);
    EXPECT_LT(world.value(0, "collaborating_pairs_expected"), 1.0);
    EXPECT_EQ(world.value(0, "is_collaborating"), 1.0);
    EXPECT_NEAR(world.value(0, "rdi_active_share"), 8.0 / 12.0, 1e-12);
    EXPECT_NEAR(world.value(0, "innovate_uk_funding_gbp"), 8000.0, 1e-6);
    EXPECT_EQ(world.text("select count(*) from cluster_link"), "4");
    EXPECT_EQ(world.text("select from_firm_id || '-' || to_firm_id || ' ' || projects || ' ' || "
                         "award_gbp from cluster_link limit 1"),
              "0-1 1 2000.0");
    EXPECT_EQ(world.text("select count(*) from cluster_item where list = 'open_project_firm'"),
              "8");
}

TEST(Describe, CallsAnActiveClusterDiverseWhenNothingElseHolds) {
    World world = active_world(false);
    world.describe();
    EXPECT_EQ(world.text("select type from cluster"), "diverse");
    EXPECT_EQ(world.text("select is_rdi_active from cluster"), "true");
    EXPECT_EQ(world.value(0, "joint_projects"), 0.0);
    EXPECT_EQ(world.value(0, "innovate_uk_joint_projects"), 0.0);
    EXPECT_EQ(world.text("select label from cluster_item where list = 'top_partner' and "
                         "position = 1"),
              "Firm 100");
}

TEST(Describe, TellsTheYearsOfAClusterWithTheFirmsThatAreGone) {
    World world;
    town(world, 0, 0, 3, 0);
    world.firm(10, 10, true, "incorporated = date '2020-03-01'");
    world.firm(
        20, 10, true,
        "is_active = false, incorporated = date '2012-01-01', dissolved = date '2019-05-01'");
    world.firm(
        20, 10, false,
        "is_active = false, incorporated = date '2012-01-01', dissolved = date '2019-05-01'");
    world.cluster(-500, -500, 500, 500);
    // Accounts without employees, after others and alone in their year, say nothing of them.
    world.run("insert into account values (0, date '2020-12-31', null, 5), "
              "(0, date '2021-03-31', 7, null), (0, date '2021-10-31', 9, null), "
              "(0, date '2021-12-31', null, 5)");
    world.describe();
    EXPECT_EQ(world.text("select count(*) from cluster_year where employees is not null"), "1");
    EXPECT_EQ(world.text("select string_agg(year || ':' || enterprises || '+' || births || '-' || "
                         "deaths, ' ' order by year) from cluster_year where year between 2018 "
                         "and 2021"),
              "2018:4+0-0 2019:3+0-1 2020:4+1-0 2021:4+0-0");
    EXPECT_EQ(world.text("select employees from cluster_year where year = 2021"), "9");
    EXPECT_EQ(world.text("select count(*) from cluster_year"), "11");
    EXPECT_NEAR(world.value(0, "enterprise_growth_5y"), 4.0 / 3.0 - 1.0, 1e-12);
    EXPECT_NEAR(world.value(0, "median_founding_year"), 2010.0, 0.0);
}

TEST(Describe, LeavesOutYearsForWhichFewAccountsAreIn) {
    World world;
    town(world, 0, 0, 10, 0);
    world.cluster(-500, -500, 500, 500);
    // 1 of 10 in 2019, 5 in 2020, 10 in 2021 and 2022, 4 so far for 2023.
    for (const auto& [year, firms] : {std::pair(2019, 1), std::pair(2020, 5), std::pair(2021, 10),
                                      std::pair(2022, 10), std::pair(2023, 4)}) {
        world.run(fmt::format("insert into account select i, make_date({}, 3, 31), 7, null "
                              "from range({}) r(i)",
                              year, firms));
    }
    world.describe();
    EXPECT_EQ(world.text("select string_agg(year || ':' || employees, ' ' order by year) "
                         "from cluster_year where employees is not null"),
              "2020:35 2021:70 2022:70")
        << "half as many as the next year are enough, less than half of the last are not";
    EXPECT_EQ(world.text("select first_year || '-' || last_year from year_coverage"), "2020-2022");
    EXPECT_THAT(world.text("select note from year_coverage"),
                HasSubstr("few accounts that end before 2020 or after 2022"));
}

TEST(Describe, CountsFormerFirmsAtMassRegistrationAddressesOnlyWhereTheProjectKeepsThose) {
    for (const bool is_kept : {false, true}) {
        World world;
        town(world, 0, 0, 3, 0);
        world.firm(10, 10, true);
        const auto gone = world.firm(10, 10, true, "is_active = false, dissolved = '2019-05-01'");
        world.firm(20, 20, true, "is_active = false, dissolved = '2019-06-01'");
        world.run(
            fmt::format("update site set is_mass_registration = true, in_density = in_density "
                        "and {} where firm_id in ({}, {})",
                        is_kept, gone - 1, gone));
        world.cluster(-500, -500, 500, 500);
        world.describe();
        EXPECT_EQ(world.text("select deaths from cluster_year where year = 2019"),
                  is_kept ? "2" : "1");
    }
}

TEST(Describe, GivesNoGrowthWhereTheRegisterHoldsNoClosedCompanies) {
    World world;
    town(world, 0, 0, 1, 0);
    for (int i = 0; i < 299; ++i) {
        world.firm(10, 10, true, "incorporated = date '2020-03-01'");
    }
    world.cluster(-500, -500, 500, 500);
    world.describe();
    // 300 firms of which one is old: growth of 29,900 % by survivors alone.
    EXPECT_EQ(world.reason(0, "enterprise_growth_5y"),
              "the register of this project holds no closed companies, so how many there were "
              "five years ago is not known");
    EXPECT_EQ(world.text("select count(*) from cluster_year where deaths is not null"), "0");
    EXPECT_EQ(world.text("select births from cluster_year where year = 2020"), "299");
}

TEST(Describe, RanksWhatIsGoodOrBadNewsAndNotFlagsChancesOrTies) {
    World world;
    town(world, 0, 0, 3, 0);
    town(world, 20'000, 0, 4, 0);
    town(world, 40'000, 0, 4, 0);
    town(world, 60'000, 0, 5, 0);
    for (int i = 0; i < 4; ++i) {
        world.cluster(20'000 * i - 500, -500, 20'000 * i + 500, 500);
    }
    world.project("EPSRC", "2020-01-01", "2022-01-01", {0, 1});
    world.describe();
    const auto ranks = [&world](const std::string& measure) {
        return world.text(fmt::format("select string_agg(coalesce(rank || '/' || ranked_of, '-'), "
                                      "' ' order by cluster_id) from cluster_measure where "
                                      "measure = '{}'",
                                      measure));
    };
    EXPECT_EQ(ranks("share_of_sector_sites"), "4/4 2/4 2/4 1/4");
    EXPECT_EQ(ranks("largest_firm_share"), "4/4 2/4 2/4 1/4") << "less is better";
    EXPECT_EQ(ranks("public_funding_gbp"), "1/4 - - -") << "three of four have none";
    EXPECT_EQ(ranks("collaboration_p"), "- - - -");
    EXPECT_EQ(ranks("is_collaborating"), "- - - -");
    EXPECT_EQ(ranks("median_founding_year"), "- - - -");
    EXPECT_EQ(ranks("patent_share"), "- - - -") << "not known";
}

TEST(Describe, GivesTheThreeLocalAuthoritiesWithMostSites) {
    World world;
    town(world, 0, 0, 6, 0);
    world.run(
        "insert into area select i, 'E' || i, 'Area ' || i, 'lower_tier', null, 0, 0, ''::blob "
        "from range(4) r(i)");
    world.run("insert into site_area values (0, 'lower_tier', 0), (1, 'lower_tier', 1), "
              "(2, 'lower_tier', 1), (3, 'lower_tier', 1), (4, 'lower_tier', 2), "
              "(5, 'lower_tier', 2)");
    world.cluster(-500, -500, 500, 500);
    world.describe();
    EXPECT_EQ(world.text("select la_1 || la_2 || la_3 || la_1_share from cluster"),
              "Area 1Area 2Area 00.5");
    EXPECT_EQ(world.text("select name from cluster"), "Area 1, Area 2 and Area 0");
}

TEST(Describe, GivesTheSameRowsOnAnyNumberOfThreads) {
    const auto dump = [](int threads) {
        const ThreadLimit limit(threads);
        World world = active_world(true);
        world.run(fmt::format("set threads = {}", threads));
        world.describe();
        return world.text("select string_agg(m::varchar, chr(10)) from cluster_measure m") +
               world.text("select string_agg(m::varchar, chr(10)) from cluster_item m") +
               world.text("select string_agg(m::varchar, chr(10)) from cluster m");
    };
    const std::string one = dump(1);
    EXPECT_GT(one.size(), 1000U);
    EXPECT_EQ(one, dump(2));
}

TEST(Describe, HandlesAProjectWithoutAnyCluster) {
    World world;
    world.firm(0, 0, true);
    EXPECT_EQ(world.describe().clusters, 0U);
}

TEST(Describe, RefusesOptionsOutOfRange) {
    World world;
    const auto progress = make_progress(ProgressStyle::quiet);
    DescribeOptions options;
    options.bootstrap_replicates = 3;
    const auto report = describe::describe(world.connection, options, *progress);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().field, "bootstrap_replicates");
}

} // namespace
} // namespace icmap::describe
