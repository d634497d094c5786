#include "describe/tallies.hpp"

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

TEST(RankFigures, PutsEqualValuesOnOnePlaceAndLeavesOutWhatMostShare) {
    ClusterTable clusters;
    FigureTable figures;
    figures.measures = {"size", "speed"};
    figures.first = {0};
    const std::vector<double> sizes{5.0, 9.0, 9.0, 1.0, std::nan("")};
    for (std::uint32_t i = 0; i < sizes.size(); ++i) {
        clusters.cluster_id.push_back(i);
        clusters.sector_id.push_back(0);
        figures.measure.insert(figures.measure.end(), {0, 1});
        figures.value.insert(figures.value.end(), {sizes[i], i < 3 ? 7.0 : 8.0});
        figures.first.push_back(figures.value.size());
    }
    const auto ranks = rank_figures(figures, clusters, {"up", "down"});
    const auto place = [&ranks](std::size_t cluster, std::size_t measure) {
        return ranks[2 * cluster + measure].place;
    };
    EXPECT_EQ(place(0, 0), 3U);
    EXPECT_EQ(place(1, 0), 1U);
    EXPECT_EQ(place(2, 0), 1U);
    EXPECT_EQ(place(3, 0), 4U);
    EXPECT_EQ(place(4, 0), 0U) << "not known";
    EXPECT_EQ(ranks[0].of, 4U);
    EXPECT_EQ(place(0, 1), 0U) << "three of five share it";
    EXPECT_EQ(place(3, 1), 4U);
    for (const Rank& rank : rank_figures(figures, clusters, {"none", ""})) {
        EXPECT_EQ(rank.place, 0U);
    }
}

} // namespace
} // namespace icmap::describe
