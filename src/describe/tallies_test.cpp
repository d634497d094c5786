#include "describe/tallies.hpp"

#include "describe/exact_decimal.hpp"
#include "describe/figure_table.hpp"
#include "describe/random.hpp"
#include "store/bulk_append.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace icmap::describe {
namespace {

TEST(SumTally, SumsAsDuckDbSumsDecimals) {
    const auto database = store::Database::open(":memory:", {});
    auto connection = database->connect();
    for (const double size : {3.0, 5e4, 7e11, 3e15}) {
        Random random(static_cast<std::uint64_t>(size), 1);
        std::vector<double> amounts;
        SumTally tally;
        for (int i = 0; i < 500; ++i) {
            amounts.push_back(i % 7 == 0 ? 0.0 : random.unit() * size);
            tally.add(amounts.back());
        }
        ASSERT_TRUE(connection->run("create or replace table part (amount double)"));
        ASSERT_TRUE(store::append_columns(
            *connection, "main", "part",
            std::array<store::Column, 1>{store::Column{std::span<const double>(amounts)}}));
        const auto told = [&connection](const std::string& what) {
            return connection
                ->real("select (" + what +
                       ")::double from "
                       "(select amount::decimal(30, 6) as amount from part)")
                .value();
        };
        EXPECT_EQ(SumTally::value(tally.sum), told("sum(amount)")) << size;
        EXPECT_EQ(SumTally::value(tally.largest), told("max(amount)")) << size;
        EXPECT_EQ(SumTally::value(tally.second), told("max(amount, 2)[2]")) << size;
        EXPECT_EQ(tally.contributors, told("count(*) filter (amount > 0)")) << size;
        EXPECT_EQ(tally.known, 500U);
    }
}

TEST(ExactDecimal, SumsMoneySharedOutAsDuckDbSumsDecimals) {
    const auto database = store::Database::open(":memory:", {});
    auto connection = database->connect();
    for (const double most_pence : {1e4, 3e9, 4e14}) {
        Random random(static_cast<std::uint64_t>(most_pence), 1);
        std::vector<double> pounds;
        std::vector<double> weights;
        ExactDecimal sum;
        for (int i = 0; i < 500; ++i) {
            const auto pence = static_cast<std::int64_t>(random.unit() * most_pence);
            pounds.push_back(static_cast<double>(pence) / 100.0);
            weights.push_back(1.0 / (1.0 + random.below(7)));
            sum.add_share(pence, weights.back());
        }
        ASSERT_TRUE(
            connection->run("create or replace table part (award_gbp double, weight double)"));
        ASSERT_TRUE(store::append_columns(
            *connection, "main", "part",
            std::array<store::Column, 2>{store::Column{std::span<const double>(pounds)},
                                         store::Column{std::span<const double>(weights)}}));
        EXPECT_EQ(sum.value(), connection
                                   ->real("select sum(award_gbp::decimal(28, 2) * "
                                          "weight::decimal(9, 8))::double from part")
                                   .value());
    }
}

TEST(RankValues, PutsEqualValuesOnOnePlaceAndLeavesOutWhatMostShare) {
    const Lists<std::uint32_t> one_sector = rows_by_key(std::vector<std::uint32_t>(5, 0), 1);
    const std::vector<double> sizes{5.0, 9.0, 9.0, 1.0, std::nan("")};
    const auto larger = rank_values(sizes, one_sector, true);
    const auto place = [](const std::vector<Rank>& ranks, std::size_t i) { return ranks[i].place; };
    EXPECT_EQ(place(larger, 0), 3U);
    EXPECT_EQ(place(larger, 1), 1U);
    EXPECT_EQ(place(larger, 2), 1U);
    EXPECT_EQ(place(larger, 3), 4U);
    EXPECT_EQ(place(larger, 4), 0U) << "not known";
    EXPECT_EQ(larger[0].of, 4U);
    const auto slower = rank_values(std::vector{7.0, 7.0, 7.0, 8.0, 8.0}, one_sector, false);
    EXPECT_EQ(place(slower, 0), 0U) << "three of five share it";
    EXPECT_EQ(place(slower, 3), 4U);
}

TEST(RankValues, ComparesWithinASectorAlone) {
    const std::vector<std::uint32_t> sector{1, 0, 1};
    const auto ranks = rank_values(std::vector{2.0, 9.0, 3.0}, rows_by_key(sector, 2), true);
    EXPECT_EQ(ranks[0].place, 2U);
    EXPECT_EQ(ranks[1].place, 1U);
    EXPECT_EQ(ranks[1].of, 1U);
    EXPECT_EQ(ranks[2].place, 1U);
}

} // namespace
} // namespace icmap::describe
