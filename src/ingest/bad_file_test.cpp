#include "ingest/bad_input.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

namespace icmap::ingest::test {
namespace {
using ::testing::HasSubstr;

TEST(BadFile, MissingNamesTheNearestOne) {
    World world;
    world.write("frims.csv", kHeader);
    const Error error = failure(world, firms(world));
    EXPECT_EQ(error.kind, ErrorKind::input);
    EXPECT_EQ(error.file, "project.toml");
    EXPECT_EQ(error.line, 7U);
    EXPECT_THAT(error.what, HasSubstr("firms.csv"));
    EXPECT_THAT(error.remedy, HasSubstr("frims.csv"));
}

TEST(BadFile, EmptyIsAnErrorAndAHeaderAloneIsNot) {
    World world;
    for (const char* text : {"", "\n", "\xEF\xBB\xBF"}) {
        world.write("firms.csv", text);
        EXPECT_THAT(failure(world, firms(world)).what, HasSubstr("empty"));
    }
    world.write("firms.csv", kHeader);
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_read, 0U);
}

TEST(BadFile, WrongDelimiterSaysWhichItLooksLike) {
    World world;
    std::string text = kHeader + firm("A", "1");
    std::replace(text.begin(), text.end(), ',', ';');
    world.write("firms.csv", text);
    const Error error = failure(world, firms(world));
    EXPECT_THAT(error.file, HasSubstr("firms.csv"));
    EXPECT_EQ(error.line, 1U);
    EXPECT_THAT(error.what, HasSubstr("delimiter were \";\""));
    EXPECT_THAT(error.remedy, HasSubstr("delimiter = \";\""));
    Source told = firms(world);
    told.reader.delimiter = ";";
    EXPECT_TRUE(world.ingest({told}));
}

TEST(BadFile, UnclosedQuoteNamesItsLine) {
    World world;
    world.write("firms.csv", kHeader + firm("A", "1") + firm("\"B", "2") + firm("C", "3"));
    const Error error = failure(world, firms(world));
    EXPECT_THAT(error.file, HasSubstr("firms.csv"));
    EXPECT_EQ(error.line, 3U);
    EXPECT_THAT(error.remedy, HasSubstr("quote"));
}

TEST(BadFile, UnclosedQuoteInALargeFileLosesNothingSilently) {
    World world;
    std::string text = kHeader + firm("A", "1") + firm("\"B", "2");
    for (int i = 0; i < 900'000; ++i) {
        text += firm("A company of some name", std::to_string(10'000'000 + i));
    }
    world.write("firms.csv", text);
    EXPECT_EQ(failure(world, firms(world)).line, 3U);
}

TEST(BadFile, OverlongLinesAreRejectedOrNamed) {
    World world;
    world.write("firms.csv", kHeader + firm("A", "1") +
                                 firm("\"" + std::string(10'000'000, 'x') + "\"", "2") +
                                 firm("C", "3"));
    const auto reports = world.ingest({firms(world)});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_read, 3U);
    EXPECT_EQ((*reports)[0].rows_rejected, 1U);
    EXPECT_THAT(world.reject("row_too_long"), HasSubstr("3 "));

    World other;
    other.write("firms.csv", kHeader + firm("A", "1") + firm(std::string(100'000'000, 'x'), "2") +
                                 firm("C", "3"));
    EXPECT_EQ(failure(other, firms(other)).line, 3U);
}

TEST(BadFile, CutShortAndMisnamedArchivesAreErrors) {
    World world;
    std::string text = kHeader;
    for (int i = 0; i < 50'000; ++i) {
        text += firm("A", std::to_string(10'000'000 + i * 7919 % 50'000));
    }
    const fs::path path = world.folder() / "firms.csv.gz";
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    fs::resize_file(path, fs::file_size(path) / 2);
    const Source packed = world.source("firms", "companies-house", "firms.csv.gz");
    EXPECT_THAT(failure(world, packed).what, HasSubstr("cut short"));
    world.write("firms.csv.gz", text);
    EXPECT_THAT(failure(world, packed).what, HasSubstr("not gzip"));
}

TEST(BadFile, Utf16AndMixedLineEndingsSayWhatToDo) {
    World world;
    world.write("firms.csv", std::string("\xFF\xFE"
                                         "a\0b\0",
                                         6));
    EXPECT_THAT(failure(world, firms(world)).remedy, HasSubstr("UTF-8"));
    world.write("firms.csv",
                kHeader + std::string("A,1,S1 2HE,Active,1/1/2000,62020\r\n") + firm("B", "2"));
    EXPECT_THAT(failure(world, firms(world)).what, HasSubstr("line endings"));
}

TEST(BadFile, ANameWithBracketsIsANameBeforeAPattern) {
    World world;
    world.write("firms[1].csv", kHeader + firm("A", "1") + firm("B", "2"));
    world.write("firms1.csv", kHeader + firm("C", "3"));
    const auto reports = world.ingest({world.source("firms", "companies-house", "firms[1].csv")});
    ASSERT_TRUE(reports) << reports.error().message();
    EXPECT_EQ((*reports)[0].rows_read, 2U);
}

TEST(BadFile, AllSourcesThatCannotBeReadAreToldTogether) {
    World world;
    const auto reports = world.ingest({firms(world), world.source("postcodes", "onspd", "p.csv")});
    ASSERT_FALSE(reports);
    EXPECT_THAT(reports.error().message(), HasSubstr("firms.csv"));
    EXPECT_THAT(reports.error().message(), HasSubstr("p.csv"));
}

TEST(BadFile, PackedJsonDocumentsSayWhatToDo) {
    World world;
    for (const char* packed : {"places.json.gz", "places.json.zst"}) {
        world.write(packed, "packed");
        const Error error = failure(world, world.source("places", "table", packed));
        EXPECT_THAT(error.what, HasSubstr("A JSON document is read unpacked"));
        EXPECT_THAT(error.remedy, HasSubstr("Unpack the file and name it .json"));
    }
}

} // namespace
} // namespace icmap::ingest::test
