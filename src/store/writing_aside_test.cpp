#include "store/writing_aside.hpp"

#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <new>
#include <numeric>
#include <string>
#include <unistd.h>
#include <vector>

namespace icmap::store {
namespace {

TEST(WritingAside, WritesInOrderAndIsSeenOnceItIsFinished) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table number (value integer)"));
    WritingAside aside(database.connect().value());
    ASSERT_TRUE(aside.finish()) << "nothing was begun";
    for (int i = 0; i < 20; ++i) {
        aside.begin([i](Connection& own) {
            return own.run("insert into number select coalesce(max(value), 0) + " +
                           std::to_string(i) + " from number");
        });
    }
    ASSERT_TRUE(aside.finish());
    EXPECT_EQ(connection.integer("select max(value) from number").value(), 190);
    EXPECT_EQ(connection.integer("select count(*) from number").value(), 20);
}

TEST(WritingAside, TellsWhatFailedAndTriesNothingAfterIt) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table number (value integer)"));
    WritingAside aside(database.connect().value());
    aside.begin([](Connection& own) { return own.run("insert into nothing values (1)"); });
    aside.begin([](Connection& own) { return own.run("insert into number values (1)"); });
    const auto result = aside.finish();
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message().find("nothing"), std::string::npos);
    EXPECT_EQ(connection.integer("select count(*) from number").value(), 0);
}

TEST(WritingAside, MovesWhatIsWrittenIntoTheFileUnlessAnotherWrites) {
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / fmt::format("icmap_aside_{}.db", ::getpid());
    const std::filesystem::path log = file.string() + ".wal";
    {
        const Database database = Database::open(file, {}).value();
        Connection connection = database.connect().value();
        ASSERT_TRUE(connection.run("create table one (value uinteger); checkpoint"));
        WritingAside aside(database.connect().value());
        const auto write = [](Connection& own) { return own.run("insert into one values (1)"); };
        ASSERT_TRUE(connection.run("begin transaction; create table two (value uinteger)"));
        aside.begin(write);
        aside.checkpoint();
        EXPECT_TRUE(aside.finish()) << "is left to whoever writes";
        EXPECT_GT(std::filesystem::file_size(log), 0U);
        ASSERT_TRUE(connection.run("commit"));
        aside.begin(write);
        aside.checkpoint();
        EXPECT_TRUE(aside.finish());
        EXPECT_FALSE(std::filesystem::exists(log) && std::filesystem::file_size(log) > 0);
        EXPECT_EQ(connection.integer("select count(*) from one").value(), 2);
    }
    std::filesystem::remove(file);
}

/// Numbers from 0 up, many enough for several blocks of rows.
std::vector<std::uint32_t> numbers(std::size_t count) {
    std::vector<std::uint32_t> all(count);
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

TEST(AppendInPieces, KeepsTheOrderOfRows) {
    constexpr std::size_t kBlock = 122'880;
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    WritingAside aside(database.connect().value());
    for (const std::size_t count : {std::size_t{0}, std::size_t{10}, 2 * kBlock - 1, 2 * kBlock,
                                    std::size_t{400'000}, 9 * kBlock, std::size_t{1'700'000}}) {
        ASSERT_TRUE(connection.run("create or replace table number (value uinteger)"));
        const std::vector<std::uint32_t> all = numbers(count);
        const std::array columns{Column{std::span<const std::uint32_t>(all)}};
        ASSERT_TRUE(append_in_pieces(connection, aside, "number", columns));
        EXPECT_EQ(read_column<std::uint32_t>(connection, "select value from number").value(), all);
    }
}

TEST(AppendInPieces, TellsWhatFailedInAnyPieceAndLeavesOnlyThoseBefore) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    const std::vector<std::uint32_t> all = numbers(1'700'000);
    const std::array columns{Column{std::span<const std::uint32_t>(all)}};
    for (const std::uint32_t wrong : {3U, 800'000U, 1'699'999U}) {
        WritingAside aside(database.connect().value());
        ASSERT_TRUE(connection.run(fmt::format(
            "create or replace table number (value uinteger check (value <> {}))", wrong)));
        const auto result = append_in_pieces(connection, aside, "number", columns);
        ASSERT_FALSE(result);
        EXPECT_NE(result.error().message().find("number"), std::string::npos);
        EXPECT_TRUE(connection.run("begin transaction")) << "none is left open";
        EXPECT_TRUE(connection.run("rollback"));
        const auto left = read_column<std::uint32_t>(connection, "select value from number");
        EXPECT_LE(left.value().size(), wrong);
        EXPECT_EQ(left.value(), numbers(left.value().size()));
    }
}

TEST(AppendInPieces, TellsWhatFailedAsideBefore) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table number (value uinteger)"));
    WritingAside aside(database.connect().value());
    aside.begin([](Connection& own) { return own.run("insert into nothing values (1)"); });
    const std::vector<std::uint32_t> all = numbers(1'700'000);
    const std::array columns{Column{std::span<const std::uint32_t>(all)}};
    const auto result = append_in_pieces(connection, aside, "number", columns);
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message().find("nothing"), std::string::npos);
}

TEST(AppendInPieces, GoesOnWhereTheOtherWriterThrows) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table number (value uinteger)"));
    WritingAside aside(database.connect().value());
    aside.begin([](Connection&) -> Result<void> { throw std::bad_alloc(); });
    const std::vector<std::uint32_t> all = numbers(1'700'000);
    const std::array columns{Column{std::span<const std::uint32_t>(all)}};
    EXPECT_THROW((void)append_in_pieces(connection, aside, "number", columns), std::bad_alloc);
}

TEST(AppendInPieces, RefusesColumnsOfDifferentLength) {
    const Database database = Database::open(":memory:", {}).value();
    Connection connection = database.connect().value();
    ASSERT_TRUE(connection.run("create table pair (one uinteger, other uinteger)"));
    WritingAside aside(database.connect().value());
    const std::vector<std::uint32_t> ten = numbers(10);
    const std::vector<std::uint32_t> nine = numbers(9);
    const std::array columns{Column{std::span<const std::uint32_t>(ten)},
                             Column{std::span<const std::uint32_t>(nine)}};
    EXPECT_FALSE(append_in_pieces(connection, aside, "pair", columns));
    EXPECT_EQ(connection.integer("select count(*) from pair").value(), 0);
}

} // namespace
} // namespace icmap::store
