#include "link/evaluate.hpp"

#include "base/parallel.hpp"
#include "link/synthetic_register.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace icmap::link {
namespace {

TEST(Evaluation, CountsRightWrongAndMissedLinks) {
    const std::vector<Match> links{{5, MatchMethod::name, 1.0},
                                   {6, MatchMethod::fuzzy, 0.9},
                                   {},
                                   {},
                                   {8, MatchMethod::name, 1.0}};
    const std::vector<std::uint32_t> truth{5, 7, 3, kNoEntity, kNoEntity};
    const Evaluation evaluation = evaluate(links, truth);
    EXPECT_EQ(evaluation.links, 3U);
    EXPECT_EQ(evaluation.right, 1U);
    EXPECT_EQ(evaluation.on_register, 3U);
    EXPECT_DOUBLE_EQ(evaluation.precision(), 1.0 / 3.0);
    EXPECT_DOUBLE_EQ(evaluation.recall(), 1.0 / 3.0);
    EXPECT_DOUBLE_EQ(evaluate({}, {}).precision(), 1.0);
}

/// Right links and mentions, by what was done to the names.
std::string by_kind(const SyntheticWorld& world, const Matches& matches) {
    std::map<std::string, std::array<std::uint64_t, 3>> counts; // mentions, links, right
    for (std::size_t i = 0; i < world.truth.size(); ++i) {
        const Match& match = matches.links[i];
        const bool is_linked = match.method != MatchMethod::none;
        auto& count = counts[world.kinds[i]];
        ++count[0];
        count[1] += is_linked ? 1U : 0U;
        count[2] += is_linked && match.entity == world.truth[i] ? 1U : 0U;
    }
    std::string table;
    for (const auto& [kind, count] : counts) {
        table += fmt::format("{:>20}: {:6} mentions {:6} links {:6} right\n", kind, count[0],
                             count[1], count[2]);
    }
    return table;
}

TEST(Evaluation, FindsNearlyAllFirmsAndHardlyAWrongOneInASyntheticWorld) {
    const SyntheticWorld world = synthetic_world(100'000, 20'000, 1);
    const Matches matches = match_names(world.registered, world.mentions, {}, standard_weight);
    const Evaluation evaluation = evaluate(matches.links, world.truth);
    fmt::print("{}precision {:.4f}, recall {:.4f}\n", by_kind(world, matches),
               evaluation.precision(), evaluation.recall());
    EXPECT_GE(evaluation.precision(), 0.98);
    EXPECT_GE(evaluation.recall(), 0.95);
}

TEST(MatchNames, GivesTheSameMatchesOnOneThreadAndOnMany) {
    const SyntheticWorld world = synthetic_world(5'000, 5'000, 2);
    const auto run = [&](int threads) {
        const ThreadLimit limit(threads);
        return match_names(world.registered, world.mentions, {}, standard_weight);
    };
    const Matches one = run(1);
    const Matches four = run(4);
    EXPECT_EQ(one.links, four.links);
    EXPECT_EQ(one.candidates, four.candidates);
}

/// What scores in a range promise and keep.
struct Bin {
    std::uint64_t matches = 0;
    std::uint64_t right = 0;
    double promised = 0.0; ///< sum of scores
};

TEST(MatchNames, MeansByAScoreWhatItSays) {
    const SyntheticWorld world = synthetic_world(100'000, 60'000, 3);
    MatchOptions options;
    options.threshold = 0.5;
    const Matches matches = match_names(world.registered, world.mentions, options, standard_weight);
    constexpr std::array<double, 6> kFrom{0.5, 0.7, 0.8, 0.9, 0.95, 0.99};
    std::array<Bin, kFrom.size()> bins;
    for (std::size_t i = 0; i < world.truth.size(); ++i) {
        const Match& match = matches.links[i];
        if (match.method == MatchMethod::none) {
            continue;
        }
        const auto above = std::upper_bound(kFrom.begin(), kFrom.end(), match.score);
        Bin& bin = bins.at(static_cast<std::size_t>(above - kFrom.begin()) - 1);
        ++bin.matches;
        bin.right += match.entity == world.truth[i] ? 1U : 0U;
        bin.promised += match.score;
    }
    for (std::size_t k = 0; k < bins.size(); ++k) {
        const Bin& bin = bins.at(k);
        const auto n = static_cast<double>(bin.matches);
        const double promised = bin.promised / n;
        const double kept = static_cast<double>(bin.right) / n;
        fmt::print("from {:.2f}: {:6} matches, promised {:.3f}, right {:.3f}\n", kFrom.at(k),
                   bin.matches, promised, kept);
        ASSERT_GT(bin.matches, 200U);
        // Within six points, and three of the standard errors of a share.
        EXPECT_NEAR(promised, kept, 0.06 + 3.0 * std::sqrt(promised * (1.0 - promised) / n));
    }
}

} // namespace
} // namespace icmap::link
