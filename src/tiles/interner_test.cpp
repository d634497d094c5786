#include "tiles/interner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace icmap::tiles {
namespace {

TEST(Interner, NumbersDistinctBytesInTheOrderTheyCome) {
    Interner interner;
    EXPECT_EQ(interner.intern("b"), 0U);
    EXPECT_EQ(interner.intern("a"), 1U);
    EXPECT_EQ(interner.intern("b"), 0U);
    EXPECT_EQ(interner.intern(""), 2U);
    EXPECT_EQ(interner.intern(std::string_view("\0", 1)), 3U);
    EXPECT_EQ(interner.at(1), "a");
    EXPECT_EQ(interner.at(2), "");
    EXPECT_EQ(interner.size(), 4U);
}

TEST(Interner, KeepsItsNumbersWhileItGrowsAndAfterItWasFrozen) {
    Interner interner;
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_EQ(interner.intern("text " + std::to_string(i)), static_cast<std::uint32_t>(i));
    }
    interner.freeze();
    EXPECT_EQ(interner.at(9'999), "text 9999");
    EXPECT_EQ(interner.intern("text 77"), 77U);
    EXPECT_EQ(interner.intern("new"), 10'000U);
}

} // namespace
} // namespace icmap::tiles
