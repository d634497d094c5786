#include "ingest/csv_structure.hpp"

#include <gtest/gtest.h>

namespace icmap::ingest {
namespace {

CsvScanner scanned(std::string_view text, CsvDialect dialect = {},
                   std::vector<std::uint64_t> wanted = {}, std::size_t piece = 1000) {
    CsvScanner scanner(dialect);
    scanner.want_records(std::move(wanted));
    for (std::size_t i = 0; i < text.size(); i += piece) {
        const std::string_view part = text.substr(i, piece);
        scanner.feed({part.data(), part.size()});
    }
    scanner.finish();
    return scanner;
}

TEST(CsvScanner, CountsRecordsWhateverTheLineEnding) {
    EXPECT_EQ(scanned("a,b\n1,2\n3,4\n").structure().records, 2U);
    EXPECT_EQ(scanned("a,b\r\n1,2\r\n3,4\r\n").structure().records, 2U);
    EXPECT_EQ(scanned("a,b\r1,2\r3,4\r").structure().records, 2U);
    EXPECT_EQ(scanned("a,b\n1,2\n3,4").structure().records, 2U);
    EXPECT_EQ(scanned("\xEF\xBB\xBF"
                      "a,b\n1,2\n")
                  .structure()
                  .records,
              1U);
    EXPECT_EQ(scanned("").structure().records, 0U);
}

TEST(CsvScanner, ALineBreakInQuotesIsNoRecordButALine) {
    const std::string text = "a,b\n\"one\ntwo\",2\n\n3,4\n";
    const auto scanner = scanned(text, {}, {1, 2});
    EXPECT_EQ(scanner.structure().records, 2U);
    ASSERT_EQ(scanner.places().size(), 2U);
    EXPECT_EQ(scanner.places()[0].line, 2U);
    EXPECT_EQ(scanner.places()[1].line, 5U);
    EXPECT_EQ(scanner.places()[1].unit, 4U) << "the header, a record, a blank line";
}

TEST(CsvScanner, AQuoteInsideAValueOpensNothing) {
    EXPECT_EQ(scanned("a,b\n5\" pipe,x\n6,y\n").structure().records, 2U);
    EXPECT_EQ(scanned("a,b\n\"say \"\"hi\"\"\n\",x\n6,y\n").structure().records, 2U);
    EXPECT_EQ(
        scanned("a\tb\n\"x\ty\nz\tw\n", {.delimiter = '\t', .quote = '\0'}).structure().records,
        2U);
}

TEST(CsvScanner, TellsWhereAQuoteIsNeverClosed) {
    const auto structure = scanned("a,b\n1,2\n3,\"open\n5,6\n").structure();
    EXPECT_TRUE(structure.ends_inside_quotes);
    EXPECT_EQ(structure.open_quote_line, 3U);
}

TEST(CsvScanner, SeesNulBytesMixedLineEndingsAndLongRecords) {
    const auto structure = scanned(std::string("a,b\r\n1,n\0l\n3,4\n", 15)).structure();
    EXPECT_TRUE(structure.has_nul);
    EXPECT_EQ(structure.first_nul_line, 2U);
    EXPECT_TRUE(structure.mixes_line_endings);
    EXPECT_EQ(scanned("a\n" + std::string(5000, 'x') + "\n").structure().longest_record_bytes,
              5001U);
}

TEST(CsvScanner, AnswersTheSameHoweverTheTextIsCut) {
    const std::string text = "\xEF\xBB\xBF"
                             "a,b\r\n\"x\r\n\"\"y\",2\r\n\r\n 3 , \"q\"\r\n4,\"5\"";
    const auto whole = scanned(text, {}, {1, 2, 3});
    for (const std::size_t piece : {4U, 5U, 7U}) {
        const auto cut = scanned(text, {}, {1, 2, 3}, piece);
        EXPECT_EQ(cut.structure().records, whole.structure().records) << piece;
        ASSERT_EQ(cut.places().size(), whole.places().size()) << piece;
        for (std::size_t i = 0; i < whole.places().size(); ++i) {
            EXPECT_EQ(cut.places()[i].line, whole.places()[i].line) << piece;
            EXPECT_EQ(cut.places()[i].unit, whole.places()[i].unit) << piece;
        }
    }
}

TEST(FirstRecord, TakesQuotesOff) {
    EXPECT_EQ(first_record("\xEF\xBB\xBF\"a, b\", c,\"d \"\"e\"\"\"\r\nx", {}),
              (std::vector<std::string>{"a, b", " c", "d \"e\""}));
    EXPECT_EQ(first_record("one\ntwo,three\n", {.skip_lines = 1}),
              (std::vector<std::string>{"two", "three"}));
    EXPECT_TRUE(first_record("", {}).empty());
}

TEST(LikelyDelimiter, IsTheOneThatCutsMost) {
    EXPECT_EQ(likely_delimiter("a;b;c,d\n"), ';');
    EXPECT_EQ(likely_delimiter("a\tb\n"), '\t');
    EXPECT_EQ(likely_delimiter("one\n"), '\0');
}

} // namespace
} // namespace icmap::ingest
