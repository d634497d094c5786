#include "describe/sum_tally.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace icmap::describe {
namespace {

TEST(SumTally, KeepsTheTwoLargestPartsAndCountsThoseAboveNought) {
    SumTally tally;
    for (const double amount : {2.5, 0.0, 7.25, -1.0, 7.0}) {
        tally.add(amount);
    }
    EXPECT_EQ(tally.known, 5U);
    EXPECT_EQ(tally.contributors, 3U);
    EXPECT_EQ(SumTally::value(tally.sum), 15.75);
    EXPECT_EQ(SumTally::value(tally.largest), 7.25);
    EXPECT_EQ(SumTally::value(tally.second), 7.0);
}

TEST(SumTally, RoundsToTheMillionthAsStdRoundDoes) {
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
    std::vector<double> amounts{0.5e-6,  -0.5e-6, 0.4999999999999999e-6, 1.5e-6, 1e12, 9.2e12,
                                -9.3e12, 4e18};
    for (int i = 0; i < 20'000; ++i) {
        amounts.push_back(std::ldexp(mantissa(random), static_cast<int>(random() % 60) - 20));
    }
    for (const double amount : amounts) {
        SumTally tally;
        tally.add(amount);
        const auto expected = static_cast<SumTally::Millionths>(std::round(amount * 1e6));
        ASSERT_TRUE(tally.sum == expected) << amount;
    }
}

} // namespace
} // namespace icmap::describe
