#include "store/functions.hpp"

#include "store/connection.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace icmap::store {
namespace {

bool reversed(std::string_view text, std::string& out) {
    out.assign(text.rbegin(), text.rend());
    return !text.empty();
}

TEST(TextFunction, IsCalledByEveryConnectionForEveryText) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(register_text_function(connection, "reversed", reversed));
    EXPECT_EQ(connection.text("select reversed('abc')").value(), "cba");
    auto other = database.connect().value();
    EXPECT_EQ(other
                  .integer("select count(*) from range(100000) t(i) "
                           "where reversed(reversed(i::varchar)) = i::varchar")
                  .value(),
              100000);
}

TEST(TextFunction, GivesNullForNullAndWhereItHasNoAnswer) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(register_text_function(connection, "reversed", reversed));
    EXPECT_EQ(connection
                  .integer("select count(*) from (values (null), (''), ('a')) t(x) "
                           "where reversed(x::varchar) is null")
                  .value(),
              2);
}

TEST(TextFunction, StaysAsItIsWhenRegisteredAgain) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(register_text_function(connection, "f", reversed));
    ASSERT_TRUE(register_text_function(connection, "f", [](std::string_view, std::string& out) {
        out = "second";
        return true;
    }));
    EXPECT_EQ(connection.text("select f('abc')").value(), "cba");
}

TEST(TextFunction, IsFoundFromAnAttachedDatabase) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(connection.run("attach ':memory:' as atlas; use atlas;"));
    ASSERT_TRUE(register_text_function(connection, "reversed", reversed));
    EXPECT_EQ(connection.text("select reversed('abc')").value(), "cba");
}

} // namespace
} // namespace icmap::store
