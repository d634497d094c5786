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

TEST(ListFunction, AnswersWithAListOfAnyLength) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    // Every text of the list that is not empty, and the list once more.
    const auto twice = [](std::span<const std::string_view> texts,
                          std::vector<std::string_view>& out) {
        for (int i = 0; i < 2; ++i) {
            std::copy_if(texts.begin(), texts.end(), std::back_inserter(out),
                         [](std::string_view text) { return !text.empty(); });
        }
        return !out.empty();
    };
    ASSERT_TRUE(register_list_function(connection, "twice", twice));
    EXPECT_EQ(
        connection.text("select twice(['a', null, '', 'a text of many letters'])::varchar").value(),
        "[a, a text of many letters, a, a text of many letters]");
    EXPECT_EQ(connection
                  .integer("select count(*) from (values (null), ([]), ([null])) t(x) where "
                           "twice(x::varchar[]) is null")
                  .value(),
              3);
    EXPECT_EQ(connection
                  .integer("select count(*) from range(100000) t(i) where len(twice(["
                           "i::varchar, 'text ' || i, 'a longer text ' || i])) = 6 and "
                           "twice([i::varchar, 'a longer text ' || i])[4] = 'a longer text ' || i")
                  .value(),
              100000);
}

TEST(PartFunction, GivesTextsOfAllLengths) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(register_part_function(connection, "rest",
                                       [](std::string_view text, std::string_view& out) {
                                           out = text.substr(text.empty() ? 0 : 1);
                                           return !text.empty();
                                       }));
    EXPECT_EQ(
        connection
            .integer("select count(*) from range(40) t(i) where rest(repeat('x', i::integer)) "
                     "is not distinct from case when i > 0 then repeat('x', i::integer - 1) "
                     "end")
            .value(),
        40);
}

} // namespace
} // namespace icmap::store
