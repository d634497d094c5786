#include "store/database_error.hpp"

#include <gtest/gtest.h>

namespace icmap::store {
namespace {

TEST(DatabaseError, OfAFullDiskIsTheFileAndARemedyAndNoStackTrace) {
    const Error error = database_error(
        "FATAL Error: Failed to create checkpoint because of error: Could not write file "
        "\"/data/x.atlas.building\": No space left on device\n\nStack Trace:\n\n"
        "/usr/lib/libduckdb.so(+0x1) [0x7f]\n/usr/lib/libduckdb.so(+0x2) [0x7f]");
    EXPECT_EQ(error.kind, ErrorKind::input);
    EXPECT_EQ(error.file, "/data/x.atlas.building");
    EXPECT_EQ(error.what, "The disk is full, or a file on it may not grow any further");
    EXPECT_NE(error.remedy.find("Free some space"), std::string::npos);
    EXPECT_EQ(error.message().find("Stack"), std::string::npos);
    EXPECT_EQ(error.message().find("libduckdb"), std::string::npos);
    EXPECT_TRUE(leaves_no_database(error));
    EXPECT_TRUE(leaves_no_database(database_error("INTERNAL Error: index 5")));
    EXPECT_FALSE(leaves_no_database(database_error("Invalid Input Error: not a date")));
}

TEST(DatabaseError, OfTooLittleMemoryNamesTheOption) {
    const Error error =
        database_error("Out of Memory Error: could not allocate block of size 256.0 KiB (9 MiB/9 "
                       "MiB used)\n\nPossible solutions:\n* Reducing the number of threads");
    EXPECT_NE(error.remedy.find("--memory"), std::string::npos);
    EXPECT_EQ(error.what.find("Possible"), std::string::npos);
}

TEST(DatabaseError, OfAnyOtherKindIsTheCauseAlone) {
    EXPECT_EQ(cause_of("Binder Error: Referenced column \"a\" not found in FROM clause!\n"
                       "Candidate bindings: \"b\"\n\nLINE 1: select a\n               ^"),
              "Referenced column \"a\" not found in FROM clause!");
    EXPECT_EQ(cause_of("TransactionContext Error: Failed to commit: Constraint Error: no"),
              "Failed to commit: Constraint Error: no");
    EXPECT_EQ(cause_of("Not a kind, Error: x"), "Not a kind, Error: x");
    EXPECT_EQ(database_error(nullptr).what, "the database gave no reason");
}

TEST(DatabaseError, InsideTheDatabaseIsOursNotTheReaders) {
    const Error error = database_error("INTERNAL Error: Attempted to access index 5\nThis error "
                                       "signals an assertion failure within DuckDB.");
    EXPECT_EQ(error.kind, ErrorKind::internal);
    EXPECT_EQ(error.what, "The database failed: Attempted to access index 5");
}

TEST(DatabaseError, InterruptionKeepsItsText) {
    EXPECT_EQ(database_error("INTERRUPT Error: Interrupted!").what,
              "INTERRUPT Error: Interrupted!");
}

} // namespace
} // namespace icmap::store
