#include "link/evaluate.hpp"

#include "base/parallel.hpp"
#include "link/synthetic_register.hpp"
#include "names/organisation_name.hpp"

#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace icmap::link {
namespace {

bool is_weak(std::string_view word) {
    return names::NameRules::standard().is_weak(word);
}

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
    const Matches matches = match_names(world.registered, world.mentions, {}, is_weak);
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
        return match_names(world.registered, world.mentions, {}, is_weak);
    };
    const Matches one = run(1);
    const Matches four = run(4);
    EXPECT_EQ(one.links, four.links);
    EXPECT_EQ(one.candidates, four.candidates);
}

TEST(MatchNames, SaysHowSureItIsAboutRight) {
    const SyntheticWorld world = synthetic_world(50'000, 20'000, 3);
    MatchOptions options;
    options.threshold = 0.5;
    const Matches matches = match_names(world.registered, world.mentions, options, is_weak);
    double promised = 0.0;
    std::uint64_t right = 0;
    std::uint64_t links = 0;
    for (std::size_t i = 0; i < world.truth.size(); ++i) {
        if (matches.links[i].method != MatchMethod::none) {
            promised += matches.links[i].score;
            right += matches.links[i].entity == world.truth[i] ? 1U : 0U;
            ++links;
        }
    }
    EXPECT_NEAR(promised / static_cast<double>(links),
                static_cast<double>(right) / static_cast<double>(links), 0.02);
}

} // namespace
} // namespace icmap::link
