#include "ingest/test_world.hpp"

#include <algorithm>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

// The promise: every row of a file ends in staging or in the rejects, with its line, however dirty
// the file is.

namespace icmap::ingest::test {
namespace {

/// A row of a made-up file and what should become of it.
struct Row {
    std::string text;
    bool is_good = true;
    bool is_blank = false;
    std::uint64_t lines = 1;
};

Row make_row(int kind, int number) {
    const std::string id = std::to_string(10'000'000 + number);
    switch (kind) {
    case 0:
        return {"Firm " + id + "," + id + ",S1 2HE,14/04/2005"};
    case 1:
        return {"\"Firm, \"\"quoted\"\" " + id + "\"," + id + ",\"S1 2HE\",2005-04-14"};
    case 2:
        return {"\"Firm of\ntwo lines " + id + "\"," + id + ",,", true, false, 2};
    case 3:
        return {"Too few," + id, false};
    case 4:
        return {"Too many," + id + ",S1 2HE,14/04/2005,more,still more", false};
    case 5:
        return {"\"Bad\"quote," + id + ",S1 2HE,14/04/2005", false};
    case 6:
        return {"No number,,S1 2HE,14/04/2005", false};
    case 7:
        return {"Impossible date," + id + ",S1 2HE,31/02/2005"};
    case 8:
        return {"Bad byte \xff," + id + ",S1 2HE,14/04/2005", false};
    case 9:
        return {"", true, true};
    case 10:
        return {"Firm 5\" pipe " + id + "," + id + ",x,x"};
    default:
        return {"\"Line\r\n\r\nbreaks " + id + "\"," + id + ",S1 2HE,14/04/2005", true, false, 3};
    }
}

struct Made {
    std::string text = "CompanyName,CompanyNumber,RegAddress.PostCode,IncorporationDate\n";
    std::uint64_t rows = 0;
    std::vector<std::uint64_t> bad_lines;
    std::vector<std::pair<std::string, std::uint64_t>> good; ///< company number, record
};

Made make_file(const std::vector<int>& kinds) {
    Made made;
    std::uint64_t line = 2;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const Row row = make_row(kinds[i], static_cast<int>(i));
        made.text += row.text + "\n";
        if (!row.is_blank) {
            ++made.rows;
            if (row.is_good) {
                made.good.emplace_back(std::to_string(10'000'000 + i), made.rows);
            } else {
                made.bad_lines.push_back(line);
            }
        }
        line += row.lines;
    }
    return made;
}

/// What is wrong with the answer; nothing when it is right.
std::string faults_of(const std::vector<int>& kinds) {
    World world;
    const Made made = make_file(kinds);
    world.write("firms.csv", made.text);
    const auto reports = world.ingest({world.source("firms", "companies-house", "firms.csv")});
    if (!reports) {
        return reports.error().message();
    }
    if ((*reports)[0].rows_read != made.rows ||
        (*reports)[0].rows_rejected != made.bad_lines.size()) {
        return "rows are lost";
    }
    std::vector<std::uint64_t> lines;
    auto done = world.connection().read(
        "select distinct line from main.reject where severity = 'error' order by 1",
        [&](const store::Chunk& chunk) {
            const auto column = chunk.column<std::uint64_t>(0);
            lines.insert(lines.end(), column.begin(), column.end());
        });
    if (!done || lines != made.bad_lines) {
        const auto [is, should] =
            std::mismatch(lines.begin(), lines.end(), made.bad_lines.begin(), made.bad_lines.end());
        return "a reject is said to be on line " +
               (is == lines.end() ? std::string("none") : std::to_string(*is)) + " but it is on " +
               (should == made.bad_lines.end() ? std::string("none") : std::to_string(*should));
    }
    std::vector<std::pair<std::string, std::uint64_t>> kept;
    done = world.connection().read(
        "select company_number, record from staging.firm_record order by record",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                kept.emplace_back(chunk.text(0, i), chunk.column<std::uint64_t>(1)[i]);
            }
        });
    if (!done || kept != made.good) {
        return "records or their ordinals are wrong";
    }
    return {};
}

TEST(NothingLost, EveryRowOfADirtyFileIsKeptOrToldWithItsLine) {
    const bool holds = rc::check([] {
        const auto kinds = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
        RC_ASSERT(faults_of(kinds) == "");
    });
    EXPECT_TRUE(holds);
}

TEST(NothingLost, AlsoWhereTheFileIsReadInPiecesByManyThreads) {
    std::vector<int> kinds;
    std::uint64_t state = 12345;
    for (int i = 0; i < 1'500'000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto draw = static_cast<int>(state >> 33U) & 0xFFFF;
        kinds.push_back(draw < 40 ? draw % 12 : draw % 8 == 0 ? 2 : draw % 2);
    }
    const auto faults = faults_of(kinds);
    EXPECT_EQ(faults, "");
}

TEST(NothingLost, RecordsKeepTheOrderOfTheFileEvenBehindAJoin) {
    World world;
    std::string text = "CompanyName;CompanyNumber\n";
    for (int i = 0; i < 900'000; ++i) {
        text += "A company with a long name so that the file is cut;" +
                std::to_string(20'000'000 + i) + "\n";
    }
    world.write("firms.csv", text);
    Source source = world.source("firms", "companies-house", "firms.csv");
    source.reader.delimiter = ";";
    source.columns["status"] =
        "case when \"CompanyNumber\" in ('1','2','3','4','5','6','7','8','9','10',"
        "'11','12','13') then 'a' else 'b' end";
    const auto reports = world.ingest({source});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ(
        world.count("select count(*) from staging.firm_record where company_number::bigint <> "
                    "19999999 + record"),
        0);
}

} // namespace
} // namespace icmap::ingest::test
