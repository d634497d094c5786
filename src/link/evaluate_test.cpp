#include "link/evaluate.hpp"

#include "link/synthetic_register.hpp"
#include "names/organisation_name.hpp"

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

TEST(Evaluation, FindsNearlyAllFirmsAndHardlyAWrongOneInASyntheticWorld) {
    const SyntheticWorld world = synthetic_world(100'000, 20'000, 1);
    MatchOptions options;
    if (std::getenv("CALIBRATE") != nullptr)
        options.candidate_threshold = 0.0;
    const Matches matches = match_names(world.registered, world.mentions, options, is_weak);
    const Evaluation evaluation = evaluate(matches.links, world.truth);
    if (std::getenv("SHOW") != nullptr) {
        std::map<std::string, int> df;
        for (const auto& n : world.firm_names)
            for_each_word(names::NameRules::standard().key(n),
                          [&](std::string_view w) { ++df[std::string(w)]; });
        std::vector<int> mins;
        for (const auto& n : world.firm_names) {
            int m = 1 << 30;
            for_each_word(names::NameRules::standard().key(n),
                          [&](std::string_view w) { m = std::min(m, df[std::string(w)]); });
            mins.push_back(m);
        }
        for (int c : {1, 2, 5, 10, 50, 100})
            fmt::print(
                "{} {:.3f}\n", c,
                double(std::count_if(mins.begin(), mins.end(), [c](int m) { return m <= c; })) /
                    double(mins.size()));
    }
    std::map<std::string, std::array<std::uint64_t, 3>> by_kind; // mentions, links, right
    std::map<std::string, int> shown;
    for (std::size_t i = 0; i < world.truth.size(); ++i) {
        const Match& match = matches.links[i];
        auto& counts = by_kind[world.kinds[i]];
        ++counts[0];
        counts[1] += match.method != MatchMethod::none ? 1U : 0U;
        counts[2] += match.entity == world.truth[i] && match.method != MatchMethod::none ? 1U : 0U;
        if (std::getenv("SHOW") != nullptr && match.entity != world.truth[i] &&
            shown[world.kinds[i]]++ < 12) {
            fmt::print("{}: {} [{}] -> {} ({:.3f}) truth {}\n", world.kinds[i],
                       world.mention_names[i], world.mentions.postcode[i],
                       match.entity == kNoEntity ? "-" : world.firm_names[match.entity],
                       match.score,
                       world.truth[i] == kNoEntity ? "-" : world.firm_names[world.truth[i]]);
        }
    }
    if (std::getenv("CALIBRATE") != nullptr) {
        std::map<int, std::array<int, 2>> bins;
        std::map<std::string, std::array<int, 2>> low;
        std::vector<Match> top = matches.links;
        for (const auto& c : matches.candidates)
            if (top[c.mention].method == MatchMethod::none)
                top[c.mention] = c.match;
        for (std::size_t i = 0; i < top.size(); ++i) {
            if (world.kinds[i] == "misspelt" && top[i].score < 0.3 && shown["m"]++ < 60) {
                fmt::print(
                    "{} [{}] -> {} {:.4f}; truth {} [{}] nearness {}\n", world.mention_names[i],
                    world.mentions.postcode[i],
                    top[i].entity == kNoEntity ? "-" : world.firm_names[top[i].entity],
                    top[i].score, world.firm_names[world.truth[i]],
                    world.registered.postcodes[world.truth[i]],
                    int(world.registered.places.nearness(
                        world.mentions.postcode[i], world.registered.postcodes[world.truth[i]])));
            }
            const int bin = int(top[i].score * 20);
            ++bins[bin][0];
            bins[bin][1] += top[i].entity == world.truth[i];
            if (top[i].score < 0.9 && world.truth[i] != kNoEntity) {
                ++low[world.kinds[i] + (top[i].entity == world.truth[i] ? " right"
                                        : top[i].entity == kNoEntity    ? " none"
                                                                        : " wrong")][0];
            }
        }
        for (const auto& [bin, c] : bins)
            fmt::print("p {:.2f}: {} mentions, right {:.3f}\n", bin / 20.0, c[0],
                       double(c[1]) / c[0]);
        for (const auto& [k, c] : low)
            fmt::print("{} {}\n", k, c[0]);
    }
    for (const auto& [kind, counts] : by_kind) {
        RecordProperty(
            kind, fmt::format("{} mentions, {} links, {} right", counts[0], counts[1], counts[2]));
        fmt::print("{:>20}: {:6} mentions {:6} links {:6} right\n", kind, counts[0], counts[1],
                   counts[2]);
    }
    fmt::print("on register {:.3f}, precision {:.4f}, recall {:.4f}\n", matches.on_register,
               evaluation.precision(), evaluation.recall());
    EXPECT_GE(evaluation.precision(), 0.98);
    EXPECT_GE(evaluation.recall(), 0.95);
}

} // namespace
} // namespace icmap::link
