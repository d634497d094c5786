#include "store/csv_file.hpp"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

namespace icmap::store {
namespace {
namespace fs = std::filesystem;

class CsvFile : public ::testing::Test {
  protected:
    void TearDown() override { fs::remove(file_); }

    std::string written(const std::string& query, const CsvEnding& ending = {}) {
        const auto rows = write_csv_file(connection_, query, ending, {}, file_);
        EXPECT_TRUE(rows) << rows.error().message();
        std::ostringstream text;
        text << std::ifstream(file_, std::ios::binary).rdbuf();
        return text.str();
    }

    Database database_ = Database::open(":memory:", {}).value();
    Connection connection_ = database_.connect().value();
    fs::path file_ = fs::temp_directory_path() / ("icmap_csv_" + std::to_string(::getpid()));
};

TEST(CsvField, QuotesWhatRfc4180SaysAndNothingElse) {
    EXPECT_EQ(csv_field("plain words"), "plain words");
    EXPECT_EQ(csv_field(""), "");
    EXPECT_EQ(csv_field("a, b"), "\"a, b\"");
    EXPECT_EQ(csv_field("the \"Hub\""), "\"the \"\"Hub\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(CsvField, KeepsSpreadsheetsFromRunningATextAsAFormula) {
    for (const std::string text :
         {"=1+1", "@SUM(A1)", "+44 LTD", "-2+3", "\t=1", "＝1", "=HYPERLINK(0)"}) {
        EXPECT_EQ(csv_field(text), "'" + text);
    }
    EXPECT_EQ(csv_field("=A1,B1"), "\"'=A1,B1\"");
    EXPECT_EQ(csv_field("\r=1"), "\"'\r=1\"");
}

TEST(CsvField, LeavesNumbersAsTheyAre) {
    for (const char* number : {"-1.5", "-0", "-3e-7", "12", "-1234567890123456789"}) {
        EXPECT_EQ(csv_field(number), number);
    }
    EXPECT_EQ(csv_field("+1.5"), "'+1.5") << "no number is written so";
    EXPECT_EQ(csv_field("-inf"), "'-inf");
}

TEST_F(CsvFile, HoldsEveryTypeAsTheDatabasePrintsIt) {
    EXPECT_EQ(written(R"(select 1 as id, -1.25::double as "x, m", true as yes, null as none,
                                date '2024-02-29' as day, '=1' as name, ['a', 'b'] as list,
                                'nan'::double as odd, 'wkb'::blob as geometry)"),
              "id,\"x, m\",yes,none,day,name,list,odd\r\n"
              "1,-1.25,true,,2024-02-29,'=1,\"[a, b]\",\r\n");
}

TEST_F(CsvFile, EndsEachRowAsItIsTold) {
    EXPECT_EQ(written("select range as n from range(2)", {{"source", "licence"}, {"a, b", "c"}}),
              "n,source,licence\r\n"
              "0,\"a, b\",c\r\n"
              "1,\"a, b\",c\r\n");
}

TEST_F(CsvFile, IsReadBackByTheDatabaseWithTheSameRows) {
    const std::string query = "select range as n, chr((range % 60 + 32)::integer) || '\"' || "
                              "if(range % 7 = 0, e'\\n', ',') as odd from range(100000)";
    static_cast<void>(written(query));
    const std::string back = "select n::bigint, if(odd[1] = '\'\'' and odd[2] in ('=', '+', '-', "
                             "'@'), odd[2:], odd) from read_csv(" +
                             file_literal(file_) + ", all_varchar = true)";
    EXPECT_EQ(
        connection_.integer("select count(*) from ((" + query + ") except (" + back + ")) as lost")
            .value(),
        0);
}

TEST_F(CsvFile, StopsOnceItsTimeIsUp) {
    const auto rows = write_csv_file(connection_, "select 1 as n", {},
                                     Deadline(std::chrono::milliseconds(0)), file_);
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().kind, ErrorKind::stopped);
}

TEST_F(CsvFile, SaysThatADiskIsFull) {
    if (!fs::exists("/dev/full")) {
        GTEST_SKIP() << "there is no /dev/full";
    }
    const auto rows = write_csv_file(connection_, "select 1 as n", {}, {}, "/dev/full");
    ASSERT_FALSE(rows);
    EXPECT_NE(rows.error().remedy.find("disk is not full"), std::string::npos);
}

TEST_F(CsvFile, TellsWhatIsWrongWithAQuery) {
    EXPECT_FALSE(write_csv_file(connection_, "select nothing from nowhere", {}, {}, file_));
}

} // namespace
} // namespace icmap::store
