#include "tiles/column.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace icmap::tiles {
namespace {

TEST(TextColumn, KeepsOwnTextsAcrossItsBlocksAndTakesEmptyOnesForNone) {
    TextColumnBuilder builder(TextColumnBuilder::Texts::own);
    for (int i = 0; i < 10'000; ++i) {
        builder.add(i % 3 == 0 ? std::optional<std::string_view>() : std::to_string(i));
    }
    Column column = std::move(builder).finish("name");
    ASSERT_EQ(column.size(), 10'000U);
    EXPECT_EQ(column.type_name(), "String");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(column.at(0)));
    EXPECT_EQ(std::get<std::string_view>(column.at(4096)), "4096");
    EXPECT_EQ(std::get<std::string_view>(column.at(9998)), "9998");
    const std::array<std::uint32_t, 3> order{9998, 0, 4096};
    column.reorder(order);
    ASSERT_EQ(column.size(), 3U);
    EXPECT_EQ(std::get<std::string_view>(column.at(0)), "9998");
    EXPECT_TRUE(std::holds_alternative<std::monostate>(column.at(1)));
}

TEST(IntegerColumn, KeepsNumbersTooLargeForThirtyTwoBits) {
    const std::array<std::optional<std::int64_t>, 4> values{5'000'000'000, std::nullopt, 0, -1};
    const Column column = Column::integers("n", values);
    EXPECT_EQ(std::get<std::int64_t>(column.at(0)), 5'000'000'000);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(column.at(1)));
    EXPECT_FALSE(column.identity(1).has_value()) << "none is not taken for zero";
    EXPECT_EQ(std::get<std::int64_t>(column.at(2)), 0);
    EXPECT_EQ(std::get<std::int64_t>(column.at(3)), -1);
}

} // namespace
} // namespace icmap::tiles
