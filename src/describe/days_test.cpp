#include "describe/days.hpp"

#include <gtest/gtest.h>
#include <utility>
#include <vector>

namespace icmap::describe {
namespace {

TEST(YearOfDay, IsThatOfTheCalendarOnTheFirstAndTheLastDayOfAYear) {
    const YearOfDay year_of_day;
    EXPECT_EQ(year_of_day(-25'567), 1900);
    EXPECT_EQ(year_of_day(-1), 1969);
    EXPECT_EQ(year_of_day(0), 1970);
    EXPECT_EQ(year_of_day(11'016), 2000); // 29 February
    EXPECT_EQ(year_of_day(19'722), 2023);
    EXPECT_EQ(year_of_day(19'723), 2024);
    EXPECT_EQ(year_of_day(47'481), 2099);
}

TEST(YearOfDay, IsKnownBeyondTheCommonDays) {
    const YearOfDay year_of_day;
    EXPECT_EQ(year_of_day(-25'568), 1899);
    EXPECT_EQ(year_of_day(47'482), 2100);
    EXPECT_EQ(year_of_day(-100'000), 1696);
}

TEST(DayCounts, KeepsDaysBesideTheCommonOnes) {
    DayCounts counts;
    for (const std::int32_t day : {0, -100'000, 20'000, 0, 50'000, -25'567, 47'481}) {
        counts.add(day);
    }
    std::vector<std::pair<std::int32_t, std::uint32_t>> found;
    counts.for_each([&](std::int32_t day, std::uint32_t count) { found.emplace_back(day, count); });
    EXPECT_EQ(found,
              (std::vector<std::pair<std::int32_t, std::uint32_t>>{
                  {-25'567, 1}, {0, 2}, {20'000, 1}, {47'481, 1}, {-100'000, 1}, {50'000, 1}}));
}

} // namespace
} // namespace icmap::describe
