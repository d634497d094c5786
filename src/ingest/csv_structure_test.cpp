#include "ingest/csv_structure.hpp"

#include <gtest/gtest.h>
#include <random>

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

TEST(CsvScanner, GoesOnFromAnyMark) {
    for (const char* ending : {"\n", "\r\n", "\r"}) {
        std::string text = std::string("skipped") + ending + "a,b" + ending;
        std::vector<std::uint64_t> wanted;
        for (int i = 0; i < 60'000; ++i) {
            text += "\"two\nlines of text that are long enough\"," + std::to_string(i) + ending +
                    (i % 7 == 0 ? ending : "");
            wanted.push_back(wanted.size() + 1);
        }
        const CsvDialect dialect{.skip_lines = 1};
        CsvScanner whole(dialect);
        whole.want_records(wanted);
        whole.feed(text);
        whole.finish();
        ASSERT_EQ(whole.places().size(), wanted.size());
        ASSERT_GT(whole.marks().size(), 5U);
        std::vector<RecordPlace> places;
        for (std::size_t i = 0; i < whole.marks().size(); ++i) {
            const CsvMark& mark = whole.marks()[i];
            const std::uint64_t end =
                i + 1 < whole.marks().size() ? whole.marks()[i + 1].offset : text.size();
            CsvScanner part(dialect, mark);
            part.want_records(wanted);
            part.feed(std::string_view(text).substr(mark.offset, end - mark.offset));
            part.finish();
            places.insert(places.end(), part.places().begin(), part.places().end());
        }
        ASSERT_EQ(places.size(), whole.places().size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            EXPECT_EQ(places[i].unit, whole.places()[i].unit);
            EXPECT_EQ(places[i].record, whole.places()[i].record);
            EXPECT_EQ(places[i].line, whole.places()[i].line);
        }
    }
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

// Pieces below 64 bytes never take the quick way through the inside of a record.
TEST(CsvScanner, AnswersTheSameByTheQuickWayAndByteByByte) {
    std::mt19937 random(11);
    // Mostly plain values, so that the quick way is taken; every irregularity now and then.
    const std::string signs = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  ,,,,\"\"";
    for (int round = 0; round < 3000; ++round) {
        std::string text = "a,b\n";
        const std::size_t rare = 20 + random() % 400;
        for (int i = 0; i < 1500; ++i) {
            const std::size_t draw = random() % rare;
            if (draw == 0) {
                text += random() % 2 == 0 ? "\n" : "\r\n";
            } else if (draw == 1 && random() % 4 == 0) {
                text += random() % 2 == 0 ? '\0' : '\r';
            } else if (draw < 4) {
                text += "\",\"regular value\",";
            } else {
                const std::size_t most = round % 3 == 0 ? signs.size() : signs.size() - 2;
                text += signs[random() % most];
            }
        }
        const CsvDialect dialect{.quote = round % 7 == 0 ? '\0' : '"'};
        const auto quick = scanned(text, dialect, {1, 2, 5, 9});
        const auto slow = scanned(text, dialect, {1, 2, 5, 9}, 31);
        const CsvStructure a = quick.structure();
        const CsvStructure b = slow.structure();
        ASSERT_EQ(a.records, b.records) << round;
        ASSERT_EQ(a.ends_inside_quotes, b.ends_inside_quotes) << round;
        ASSERT_EQ(a.open_quote_line, b.open_quote_line) << round;
        ASSERT_EQ(a.has_nul, b.has_nul) << round;
        ASSERT_EQ(a.first_nul_line, b.first_nul_line) << round;
        ASSERT_EQ(a.mixes_line_endings, b.mixes_line_endings) << round;
        ASSERT_EQ(a.longest_record_bytes, b.longest_record_bytes) << round;
        ASSERT_EQ(a.longest_record_line, b.longest_record_line) << round;
        ASSERT_EQ(quick.places().size(), slow.places().size()) << round;
        for (std::size_t i = 0; i < quick.places().size(); ++i) {
            ASSERT_EQ(quick.places()[i].line, slow.places()[i].line) << round;
            ASSERT_EQ(quick.places()[i].unit, slow.places()[i].unit) << round;
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
