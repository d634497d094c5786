#include "store/writing_aside.hpp"

#include <gtest/gtest.h>

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

} // namespace
} // namespace icmap::store
