#include "store/session_functions.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace icmap::store {
namespace {

TEST(SessionFunctions, LookUpRowsAndTextsInOrder) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    SessionFunctions functions(connection);
    ASSERT_TRUE(functions.of_row("weight", std::vector<double>{0.5, std::nan(""), 2.5}));
    ASSERT_TRUE(functions.of_row("year", std::vector<std::int32_t>{-1, SessionFunctions::kNull}));
    ASSERT_TRUE(functions.of_row("word", std::vector<std::uint8_t>{1, 0, 9}, {"first", "second"}));
    ASSERT_TRUE(functions.of_text("letters", [](std::string_view text, std::int32_t& number) {
        number = static_cast<std::int32_t>(text.size());
        return !text.empty();
    }));
    EXPECT_EQ(connection
                  .text("select string_agg(concat_ws(':', i, weight(i), year(i), word(i), "
                        "letters(repeat('x', i::integer))), ' ' order by i) from range(4) t(i)")
                  .value(),
              "0:0.5:-1:second 1:first:1 2:2.5:2 3:3");
    EXPECT_EQ(connection.integer("select count(weight(x)) from (values (null), (-1)) t(x)").value(),
              0);
}

TEST(SessionFunctions, AreToldManyTextsBeforeTheyAreAskedForTheFirst) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    SessionFunctions functions(connection);
    std::int32_t expected = 0;
    ASSERT_TRUE(functions.of_text(
        "already_expected",
        [&expected](std::string_view, std::int32_t& number) {
            number = expected;
            return true;
        },
        [&expected](std::string_view) { ++expected; }));
    EXPECT_EQ(connection
                  .text("select string_agg(already_expected(x), ' ') from (values ('a'), (null), "
                        "('b'), ('c')) t(x)")
                  .value(),
              "3 3 3");
}

TEST(SessionFunctions, EndWithTheirObjectAndMayBeNamedAgain) {
    auto database = Database::open(":memory:", {}).value();
    auto connection = database.connect().value();
    ASSERT_TRUE(connection.run("attach ':memory:' as atlas; use atlas;"));
    for (const double value : {1.0, 2.0}) {
        SessionFunctions functions(connection);
        ASSERT_TRUE(functions.of_row("value", std::vector<double>{value}));
        EXPECT_EQ(connection.real("select value(0)").value(), value);
    }
    EXPECT_FALSE(connection.real("select value(0)"));
}

} // namespace
} // namespace icmap::store
