#include "base/short_text_map.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(ShortTextMap, FindsWhatWasAddedAndNothingElse) {
    ShortTextMap map;
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        ASSERT_TRUE(map.add("S" + std::to_string(i), i));
    }
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        ASSERT_EQ(map.find("S" + std::to_string(i)), i);
    }
    EXPECT_EQ(map.find("S100000"), std::nullopt);
    EXPECT_EQ(map.find("T1"), std::nullopt);
    EXPECT_FALSE(map.add("S7", 1));
    EXPECT_EQ(map.find("S7"), 7U);
}

TEST(ShortTextMap, TellsTextsApartThatCannotBePacked) {
    using namespace std::string_view_literals;
    ShortTextMap map(2);
    const std::string_view texts[] = {""sv, "A"sv, "A\0"sv, "\0A"sv, "12345678"sv, "123456789"sv};
    std::uint32_t number = 0;
    for (const std::string_view text : texts) {
        EXPECT_EQ(map.find(text), std::nullopt);
        map.prefetch(text); // a hint, whatever the text
        EXPECT_TRUE(map.add(text, number++));
        EXPECT_FALSE(map.add(text, number));
    }
    number = 0;
    for (const std::string_view text : texts) {
        EXPECT_EQ(map.find(text), number++);
    }
}

} // namespace
} // namespace icmap
