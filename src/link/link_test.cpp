#include "link/link.hpp"

#include "link/evidence_rules.hpp"
#include "store/steps.hpp"

#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace icmap::link {
namespace {

/// An atlas with a few firms and institutions, located, and records that name them.
struct World {
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    std::unique_ptr<Progress> progress = make_progress(ProgressStyle::quiet);

    World() {
        run("attach ':memory:' as atlas; attach ':memory:' as staging; use atlas; "
            "set variable as_of = '2024-11-01';");
        EXPECT_TRUE(store::create_atlas_schema(connection));
        EXPECT_TRUE(store::run_step(connection, "schema/staging.sql"));
        firm(0, "00000007", "VULCAN WIDGETS LIMITED", "S1 1AA", "['OLD HAMMER WORKS LTD']");
        firm(1, "01234567", "ITM POWER (TRADING) LIMITED", "S9 1DZ");
        firm(2, "SC123456", "BETA TECHNOLOGY LIMITED", "DN4 5HZ");
        run("insert into asset values (0, 'The University of Sheffield', 'university', 'S10 2TN', "
            "null, 'unit', -1.49, 53.38, 0, 0)");
        // On the register, but an institution: no firm.
        run("insert into staging.firm_record by name select 1 as source_id, 1 as record, "
            "'RC000667' as company_number, 'UNIVERSITY OF SHEFFIELD' as name");
    }
    void run(const std::string& sql) {
        const auto done = connection.run(sql);
        ASSERT_TRUE(done) << done.error().message() << "\n" << sql;
    }
    void firm(int id, const std::string& number, const std::string& name,
              const std::string& postcode, const std::string& former = "null") {
        run(fmt::format("insert into firm by name select {}::uinteger as firm_id, '{}' as "
                        "company_number, '{}' as name, {} as former_names, true as is_active",
                        id, number, name, former));
        run(fmt::format("insert into site values ({0}, {0}, 'registered_office', '{1}', 'unit', 0, "
                        "0, 0, 0, false, true)",
                        id, postcode));
        run(fmt::format("insert into staging.firm_record by name select 1 as source_id, {} as "
                        "record, '{}' as company_number, '{}' as name",
                        10 + id, number, name));
    }
    void project(const std::string& reference, const std::string& programme,
                 const std::string& start, const std::string& end) {
        run(fmt::format("insert into staging.project_record by name select 2 as source_id, (select "
                        "count(*) from staging.project_record) as record, '{}' as reference, 'EU' "
                        "as funder, '{}' as programme, 'Title' as title, {} as start_date, {} as "
                        "end_date",
                        reference, programme, start, end));
    }
    void participation(const std::string& reference, const std::string& organisation,
                       const std::string& more = "") {
        run(fmt::format("insert into staging.participation_record by name select 3 as source_id, "
                        "(select count(*) from staging.participation_record) as record, '{}' as "
                        "project_reference, 'EU' as funder, '{}' as organisation, "
                        "false as is_withdrawn, 1000.0 as award_gbp {}",
                        reference, organisation, more.empty() ? "" : ", " + more));
    }
    LinkReport link(const LinkOptions& options = {}) {
        auto report = link::link(connection, options, *progress);
        EXPECT_TRUE(report) << report.error().message();
        return report.value_or(LinkReport{});
    }
    std::string text(const std::string& query) { return connection.text(query).value(); }
    std::int64_t integer(const std::string& query) { return connection.integer(query).value(); }
};

TEST(Link, FollowsTheNumberThenTheInstitutionThenTheName) {
    World world;
    world.participation("P", "Anything", "'7' as company_number");
    world.participation("P", "Anything", "'sc 123456' as company_number");
    world.participation("P", "Univ. Sheffield");
    world.participation("P", "Whatever", "'RC000667' as company_number");
    world.participation("P", "Old Hammer Works Limited", "'S1 1AA' as postcode");
    world.participation("P", "Itm Power (Trading) Ltd", "'S9 1DZ' as postcode");
    world.participation("P", "Nobody Knows Ltd", "'S9 1DZ' as postcode");
    world.participation("P", "BETA TECHNOLGY LTD", "'DN4 5HZ' as postcode");
    const LinkReport report = world.link();
    EXPECT_EQ(world.text("select string_agg(link_method || ':' || coalesce('f' || firm_id, 'a' || "
                         "asset_id, '-'), ' ' order by rowid) from participation"),
              "number:f0 number:f2 institution:a0 number:a0 name_and_postcode:f0 "
              "name_and_postcode:f1 none:- fuzzy:f2");
    EXPECT_EQ(world.integer("select count(*) from participation where firm_id is not null and "
                            "asset_id is not null"),
              0);
    EXPECT_EQ(report.rates[0].records, 8U);
    EXPECT_EQ(report.rates[0].by_number, 3U);
    EXPECT_EQ(report.rates[0].to_institution, 2U);
    EXPECT_EQ(report.rates[0].not_linked, 1U);
    EXPECT_EQ(report.projects, 1U);
}

TEST(Link, ReadsTheRegisterBesideToTheSameLinks) {
    std::array<std::string, 2> links;
    for (std::size_t i = 0; i < links.size(); ++i) {
        World world;
        auto beside = world.database.connect().value();
        ASSERT_TRUE(beside.run("use atlas;"));
        world.participation("P", "Univ. Sheffield");
        world.participation("P", "Old Hammer Works Limited", "'S1 1AA' as postcode");
        world.participation("P", "BETA TECHNOLGY LTD", "'DN4 5HZ' as postcode");
        LinkOptions options;
        options.beside = i == 0 ? nullptr : &beside;
        world.link(options);
        links.at(i) = world.text("select string_agg(concat_ws(':', organisation, link_method, "
                                 "firm_id, asset_id, link_score), ' ') from participation");
    }
    EXPECT_EQ(links[0], links[1]);
    EXPECT_NE(links[0].find("fuzzy:2"), std::string::npos) << links[0];
}

TEST(Link, MakesACandidateOfAnotherCompanyOfTheGroup) {
    World world;
    world.run("update firm set name = 'VULCAN WIDGETS HOLDINGS PLC' where firm_id = 0");
    world.participation("P", "Vulcan Widgets Limited", "'S1 1AA' as postcode");
    world.link();
    EXPECT_EQ(world.text("select link_method from participation"), "none");
    EXPECT_EQ(world.text("select firm_id || ' ' || method from link_candidate"), "0 fuzzy");
}

TEST(Link, DatesEvidenceAndLooksAtTheWindow) {
    World world;
    world.project("ended", "FP7", "date '2010-01-01'", "date '2013-12-31'");
    world.project("recent", "H2020", "date '2013-01-01'", "date '2014-12-31'");
    world.project("running", "H2020", "date '2023-01-01'", "date '2026-01-01'");
    world.project("old call", "FP7", "null", "null");
    world.project("late call", "h2020", "null", "null");
    world.project("unknown", "X", "null", "null");
    for (const char* reference :
         {"ended", "recent", "running", "old call", "late call", "unknown"}) {
        world.participation(reference, "Beta", "'SC123456' as company_number");
    }
    world.participation("withdrawn", "Beta", "'SC123456' as company_number");
    world.run("update staging.participation_record set is_withdrawn = true "
              "where project_reference = 'withdrawn'");
    const LinkReport report = world.link();
    EXPECT_EQ(world.text("select string_agg(reference || '|' || coalesce(dated::varchar, '-') || "
                         "'|' || in_window::integer, '; ' order by reference) from evidence"),
              "ended|2013-12-31|0; late call|2020-12-31|1; old call|2013-12-31|0; "
              "recent|2014-12-31|1; running|2023-01-01|1; unknown|-|0");
    EXPECT_EQ(report.window_years, 10);
    EXPECT_EQ(report.rdi_active_firms, 1U);
}

TEST(Link, CountsPatentsAndTheDealsOfTheStagesThatCount) {
    World world;
    world.run("insert into staging.patent_record values (3, 1, 'GB1', date '2020-01-01', 'Widget', "
              "'B01', 'Vulcan Widgets', null, 'S1 1AA'), (3, 2, 'GB2', date '2001-01-01', 'Old', "
              "'B01', 'The University of Sheffield', null, null)");
    world.run("insert into staging.deal_record values "
              "(4, 1, 'd1', 'Beta Technology', 'SC123456', null, date '2021-05-01', 'seed', 1e6, "
              "1e6, 'GBP', ['Angel A', 'Fund B', 'Angel A', '']), "
              "(4, 2, 'd2', 'Beta Technology', 'SC123456', null, date '2022-05-01', 'Buyout', 1e6, "
              "1e6, 'GBP', null)");
    world.link();
    EXPECT_EQ(world.text("select string_agg(kind || ':' || firm_id || ':' || in_window::integer, "
                         "' ' order by kind) from evidence"),
              "equity_deal:2:1 patent:0:1");
    EXPECT_EQ(world.text("select string_agg(investor, ', ' order by investor) from deal_investor"),
              "Angel A, Fund B");
    EXPECT_EQ(world.integer("select asset_id from patent where number = 'GB2'"), 0);
    EXPECT_EQ(world.integer("select count(*) from deal where firm_id = 2"), 2);
}

TEST(Link, TakesProjectsThatOnlyParticipantsTellOf) {
    World world;
    world.project("A", "FP7", "null", "null");
    world.project("A", "second telling", "null", "null");
    world.participation("B", "Nobody", "'H2020' as programme");
    world.link();
    EXPECT_EQ(
        world.text("select string_agg(reference || ':' || programme, ' ' order by project_id) "
                   "from project"),
        "A:FP7 B:H2020");
}

TEST(Link, CopesWithAnAtlasWithoutRecords) {
    World world;
    const LinkReport report = world.link();
    EXPECT_EQ(report.evidence, 0U);
    EXPECT_EQ(report.rates.size(), 3U);
}

TEST(EvidenceRules, AreThoseOfTheProgram) {
    const auto rules = read_evidence_rules("");
    ASSERT_TRUE(rules) << rules.error().message();
    EXPECT_EQ(rules->window_years, 10);
    EXPECT_EQ(rules->kinds.size(), 4U);
    EXPECT_EQ(rules->periods[0].last_day, "2013-12-31");
}

TEST(EvidenceRules, SayWhatIsWrongAndWhere) {
    const auto table = read_evidence_rules("[[evidence]]\nkind = \"x\"\ntable = \"firm\"\n");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().field, "table");
    EXPECT_EQ(table.error().line, 1U);
    EXPECT_FALSE(read_evidence_rules("window_years = 0"));
    EXPECT_FALSE(read_evidence_rules("window_years ="));
    EXPECT_FALSE(read_evidence_rules(
        "[[evidence]]\nkind='a'\ntable='deal'\n[[evidence]]\nkind='a'\ntable='deal'"));
}

} // namespace
} // namespace icmap::link
