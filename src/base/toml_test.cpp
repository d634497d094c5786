#include "base/toml.hpp"

#include <gtest/gtest.h>

namespace icmap::toml {
namespace {

TEST(Toml, ValuesKeepTheirTypesTheirLinesAndTheOrderOfTheFile) {
    const auto root = parse("zebra = \"text\"\nant = 7\nday = 2024-11-01\nlist = [1.5, true]\n"
                            "[table]\ninner = \"x\"\n",
                            "a.toml");
    ASSERT_TRUE(root) << root.error().message();
    ASSERT_EQ(root->entries().size(), 5U);
    EXPECT_EQ(root->entries()[0].key, "zebra");
    EXPECT_EQ(root->entries()[1].key, "ant");
    EXPECT_EQ(root->entries()[1].node.line(), 2U);
    EXPECT_EQ((*root)["zebra"].value<std::string>(), "text");
    EXPECT_EQ((*root)["ant"].value<double>(), 7.0);
    EXPECT_EQ((*root)["day"].value<Date>()->iso, "2024-11-01");
    const Array* list = (*root)["list"].as_array();
    ASSERT_TRUE(list != nullptr && list->size() == 2);
    EXPECT_EQ(list->back().value<bool>(), true);
    const Table* table = (*root)["table"].as_table();
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->line(), 5U);
    EXPECT_EQ((*table)["inner"].value<std::string>(), "x");
}

TEST(Toml, NothingIsConvertedThatIsNotTheSameNumber) {
    const auto root = parse("text = \"7\"\nreal = 7.0\nlarge = 300\nless = -1\n", "a.toml");
    ASSERT_TRUE(root);
    EXPECT_FALSE((*root)["text"].value<std::int64_t>());
    EXPECT_FALSE((*root)["real"].value<std::int64_t>());
    EXPECT_FALSE((*root)["large"].value<std::uint8_t>());
    EXPECT_FALSE((*root)["less"].value<std::uint32_t>());
    EXPECT_EQ((*root)["missing"].value_or(5U), 5U);
}

TEST(Toml, AListOfTablesIsToldFromOtherLists) {
    const auto root =
        parse("mixed = [{a = 1}, 2]\n[[source]]\na = 1\n[[source]]\na = 2\n", "a.toml");
    ASSERT_TRUE(root);
    ASSERT_EQ(root->entries().size(), 2U);
    EXPECT_FALSE(tables_of(root->entries()[0].node));
    const auto sources = tables_of(root->entries()[1].node);
    ASSERT_TRUE(sources);
    ASSERT_EQ(sources->size(), 2U);
    EXPECT_EQ((*sources)[1]->line(), 4U);
}

TEST(Toml, WhatIsNoTomlIsAnErrorWithFileAndLine) {
    const auto root = parse("a = 1\nb = = 2\n", "a.toml", "Look there");
    ASSERT_FALSE(root);
    EXPECT_EQ(root.error().file, "a.toml");
    EXPECT_EQ(root.error().line, 2U);
    EXPECT_EQ(root.error().remedy, "Look there");
}

} // namespace
} // namespace icmap::toml
