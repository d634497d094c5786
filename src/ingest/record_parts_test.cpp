#include "ingest/record_parts.hpp"

#include "ingest/test_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace icmap::ingest {
namespace {

struct Staging {
    store::Database database = store::Database::open(":memory:", {}).value();
    store::Connection connection = database.connect().value();
    RecordParts parts{connection};

    Staging() {
        run("attach ':memory:' as staging; create table staging.thing (record ubigint, name "
            "varchar);"
            "create temp table ingest_problem (r bigint, severity varchar)");
    }
    void run(const std::string& statements) {
        const auto done = connection.run(statements);
        ASSERT_TRUE(done) << done.error().what;
    }
    void insert(std::uint64_t record, const std::string& name) {
        const auto table = parts.table_for_rows("thing");
        ASSERT_TRUE(table);
        run(fmt::format("insert into {} values ({}, '{}')", *table, record, name));
    }
    void keep(std::uint64_t first_record, const std::string& names) {
        run("create table staging.ingest_typed as select unnest(" + names + ") as name");
        const auto done = parts.keep_typed("thing", [&](const std::string& table) {
            return fmt::format("select (rowid + {})::ubigint as record, name from {}", first_record,
                               table);
        });
        ASSERT_TRUE(done) << done.error().what;
    }
    std::string all() {
        return connection.text("select string_agg(record || name, ' ') from staging.thing").value();
    }
};

TEST(RecordParts, ReadAsOneInTheOrderInWhichTheyCame) {
    Staging staging;
    staging.insert(1, "a");
    staging.keep(2, "['b', 'c']");
    staging.insert(4, "d");
    staging.insert(5, "e");
    staging.keep(6, "['f']");
    staging.insert(7, "g");
    EXPECT_EQ(staging.all(), "1a 2b 3c 4d 5e 6f 7g");
}

TEST(RecordParts, LeaveOutRowsThatHaveErrorsAndNumberTheOthersAsBefore) {
    Staging staging;
    staging.run("insert into ingest_problem values (1, 'error'), (2, 'warning')");
    staging.keep(1, "['a', 'b', 'c', 'd']");
    EXPECT_EQ(staging.all(), "1a 3c 4d");
}

TEST(RecordParts, AreTheTableItselfWhereNothingWasKept) {
    Staging staging;
    EXPECT_EQ(staging.parts.table_for_rows("thing").value(), "staging.thing");
}

// So many rows that they stay where they were typed.
TEST(RecordParts, OfALargeFileAreTheRecordsOfManySmallOnes) {
    constexpr int kRows = 100'003;
    test::World world;
    const std::string header =
        "CompanyName, CompanyNumber,RegAddress.PostCode,CompanyStatus,IncorporationDate,"
        "SICCode.SicText_1\n";
    std::string text = header;
    for (int i = 0; i < kRows; ++i) {
        text += fmt::format("{},{:08},S1 2HE,Active,{},62020 - IT\n", i == 40'000 ? "" : "N",
                            i == 70'000 ? 5 : i, i == 50'000 ? "nonsense" : "14/04/2005");
    }
    world.write("large.csv", text);
    world.write("small.csv", header + "AGAIN,00000007,S1 2HE,Active,14/04/2005,62020 - IT\n" +
                                 "NEW,99999999,S1 2HE,Active,14/04/2005,62020 - IT\n");
    const auto reports = world.ingest({world.source("firms", "companies-house", "large.csv"),
                                       world.source("firms", "companies-house", "small.csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ(reports->at(0).rows_kept, kRows - 2U);
    EXPECT_EQ(reports->at(0).records, kRows - 2U);
    EXPECT_EQ(reports->at(1).rows_rejected, 1U);
    EXPECT_EQ(world.count("select count(*) from staging.firm_record"), kRows - 1);
    EXPECT_EQ(world.count("select record from staging.firm_record where company_number = "
                          "'00060000'"),
              60'001);
    EXPECT_EQ(world.count("select count(*) from staging.firm_record where incorporated is null and "
                          "source_id = 1"),
              1);
    EXPECT_EQ(world.text("select string_agg(code || ' ' || line, ', ' order by line, code) from "
                         "reject where source_id = 1"),
              "missing_value 40002, bad_date 50002, duplicate_key 70002");
}

} // namespace
} // namespace icmap::ingest
