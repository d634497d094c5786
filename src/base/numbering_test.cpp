#include "base/numbering.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Numbering, NumbersTextsInTheOrderInWhichTheyAreFirstMet) {
    Numbering numbers;
    EXPECT_EQ(numbers.of("62012"), 0U);
    EXPECT_EQ(numbers.of(""), 1U);
    EXPECT_EQ(numbers.of("62012"), 0U);
    EXPECT_EQ(numbers.of("6201"), 2U);
    EXPECT_EQ(numbers.of(""), 1U);
    EXPECT_THAT(numbers.texts(), ::testing::ElementsAre("62012", "", "6201"));
}

} // namespace
} // namespace icmap
