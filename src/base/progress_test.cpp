#include "base/progress.hpp"

#include <gtest/gtest.h>

namespace icmap {
namespace {

TEST(Grouped, PutsACommaEveryThreeDigits) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(5600000), "5,600,000");
}

} // namespace
} // namespace icmap
