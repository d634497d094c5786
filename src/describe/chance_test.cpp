// The two measures that draw random numbers: joint projects and the quotient's interval.
#include "base/parallel.hpp"
#include "describe/collaboration.hpp"
#include "describe/poisson_draw.hpp"
#include "describe/quotient_interval.hpp"
#include "describe/random.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace icmap::describe {
namespace {

using Stubs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// `projects` projects with `places` places each.
ProjectSlots even_slots(std::uint32_t projects, std::uint32_t places) {
    ProjectSlots slots;
    slots.projects = projects;
    for (std::uint32_t i = 0; i < projects * places; ++i) {
        slots.project_of_slot.push_back(i / places);
    }
    return slots;
}

/// A Poisson count by its definition: events until their waits add up to one.
double poisson(double mean, Random& random) {
    double count = 0.0;
    for (double wait = -std::log(1.0 - random.unit()); wait < mean;
         wait -= std::log(1.0 - random.unit())) {
        count += 1.0;
    }
    return count;
}

/// The counts of all numbers.
std::vector<double> all_counts(double mean) {
    std::vector<std::uint16_t> numbers(PoissonDraw::kLikely);
    std::iota(numbers.begin(), numbers.end(), std::uint16_t{0});
    std::vector<double> counts(numbers.size());
    PoissonDraw(mean).count(numbers, counts);
    return counts;
}

TEST(PoissonDraw, HasTheMeanTheVarianceAndTheChancesOfItsCounts) {
    for (const double mean : {0.0, 0.5, 3.0, 29.0, 31.0, 4000.0, 5e6}) {
        double sum = 0.0;
        double squares = 0.0;
        double before = 0.0;
        for (const double count : all_counts(mean)) {
            ASSERT_EQ(count, std::floor(count));
            ASSERT_GE(count, before) << "grows with the number";
            before = count;
            sum += count;
            squares += (count - mean) * (count - mean);
        }
        EXPECT_NEAR(sum / PoissonDraw::kLikely, mean, 1e-3 * std::sqrt(mean) + 1e-3);
        EXPECT_NEAR(squares / PoissonDraw::kLikely, mean, 0.005 * mean + 1e-3);
    }
    const std::vector<double> counts = all_counts(2.0);
    EXPECT_NEAR(static_cast<double>(std::count(counts.begin(), counts.end(), 0.0)),
                std::exp(-2.0) * PoissonDraw::kLikely, 1.0);
}

TEST(Collaborations, CountsPairsOfDifferentFirmsOnceForEachProject) {
    // Project 0 has firms 1, 2 and 3; project 1 firms 1 and 2; project 2 firm 3 alone.
    const Stubs stubs{{1, 0}, {1, 1}, {2, 0}, {2, 1}, {3, 0}, {3, 2}};
    const std::vector<MemberStubs> clusters{stubs};
    const auto found = collaborations(even_slots(40, 3), clusters, 99, 1);
    EXPECT_EQ(found[0].pairs, 4U);
    EXPECT_EQ(found[0].joint_projects, 2U);
}

TEST(Collaborations, ExpectWhatTheDrawsGiveOnAverage) {
    Stubs stubs;
    for (std::uint32_t firm = 0; firm < 20; ++firm) {
        stubs.emplace_back(firm, firm % 10);
        stubs.emplace_back(firm, 10 + firm % 7);
    }
    const ProjectSlots slots = even_slots(30, 5);
    const std::vector<MemberStubs> clusters{stubs};
    // Members' places dealt out at random, many times, by a plain shuffle.
    Random random(3, 9);
    double pairs = 0.0;
    constexpr int rounds = 4000;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::uint32_t> deck = slots.project_of_slot;
        for (std::uint32_t i = 0; i < stubs.size(); ++i) {
            const std::uint32_t j = i + random.below(static_cast<std::uint32_t>(deck.size()) - i);
            std::swap(deck[i], deck[j]);
        }
        for (std::size_t a = 0; a < stubs.size(); ++a) {
            for (std::size_t b = a + 1; b < stubs.size(); ++b) {
                pairs += stubs[a].first != stubs[b].first && deck[a] == deck[b] ? 1.0 : 0.0;
            }
        }
    }
    const auto found = collaborations(slots, clusters, 99, 1);
    EXPECT_NEAR(found[0].expected_pairs, pairs / rounds, 0.02 * pairs / rounds);
}

TEST(Collaborations, FindsConsortiaAndNotScatteredMembers) {
    Stubs together;
    Stubs apart;
    for (std::uint32_t firm = 0; firm < 12; ++firm) {
        together.emplace_back(firm, firm / 3);
        apart.emplace_back(firm, firm);
    }
    apart.emplace_back(12, 0); // one meeting only
    const std::vector<MemberStubs> clusters{together, apart, {}};
    const auto found = collaborations(even_slots(100, 4), clusters, 499, 1);
    EXPECT_LE(found[0].p, 0.002 + 1e-9);
    EXPECT_GT(found[1].p, 0.2);
    EXPECT_EQ(found[2].pairs, 0U);
    EXPECT_EQ(found[2].p, 1.0);
}

/// One cluster after another, firms in a project more than once, replicates in between.
TEST(Collaborations, CountEveryPairOfFirmsInAProjectOnce) {
    std::mt19937 random(11);
    std::vector<Stubs> clusters(300);
    for (Stubs& stubs : clusters) {
        const auto firms = static_cast<std::uint32_t>(random() % 40);
        for (std::uint32_t firm = 0; firm < firms; ++firm) {
            for (std::size_t i = random() % 4; i > 0; --i) {
                stubs.emplace_back(firm, static_cast<std::uint32_t>(random() % 25));
            }
        }
    }
    const std::vector<MemberStubs> members(clusters.begin(), clusters.end());
    const auto found = collaborations(even_slots(60, 4), members, 99, 5);
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        std::map<std::uint32_t, std::set<std::uint32_t>> firms_of;
        for (const auto& [firm, project] : clusters[i]) {
            firms_of[project].insert(firm);
        }
        std::size_t pairs = 0;
        std::size_t joint = 0;
        for (const auto& [project, firms] : firms_of) {
            pairs += firms.size() * (firms.size() - 1) / 2;
            joint += firms.size() >= 2 ? 1U : 0U;
        }
        EXPECT_EQ(found[i].pairs, pairs);
        EXPECT_EQ(found[i].joint_projects, joint);
    }
}

TEST(Collaborations, AreTheSameOnAnyNumberOfThreads) {
    Stubs stubs;
    for (std::uint32_t firm = 0; firm < 60; ++firm) {
        stubs.emplace_back(firm, firm % 40);
    }
    const std::vector<MemberStubs> clusters(200, MemberStubs(stubs));
    const ProjectSlots slots = even_slots(60, 4);
    const auto p_values = [&](int threads) {
        const ThreadLimit limit(threads);
        std::vector<double> values;
        for (const Collaboration& found : collaborations(slots, clusters, 99, 5)) {
            values.push_back(found.p);
        }
        return values;
    };
    EXPECT_EQ(p_values(1), p_values(4));
}

TEST(QuotientIntervals, CoverTheTruthAboutAsOftenAsTheySay) {
    // Clusters drawn from a register in which the quotient is 2: 5 % of sites, 10 % inside.
    constexpr std::size_t n = 400;
    Random random(11, 3);
    std::vector<QuotientCounts> clusters(n);
    for (QuotientCounts& cluster : clusters) {
        const double members = poisson(40.0, random);
        cluster.enterprises_by_sites = {{1U, static_cast<std::uint32_t>(members)}};
        cluster.local_sites = members + poisson(360.0, random);
        cluster.sector_sites = 5'000.0;
        cluster.all_sites = 100'000.0;
    }
    std::size_t covered = 0;
    for (const Interval& interval : quotient_intervals(clusters, 399, 1)) {
        covered += interval.low <= 2.0 && 2.0 <= interval.high ? 1U : 0U;
    }
    EXPECT_GE(covered, n * 91 / 100);
    EXPECT_LE(covered, n * 99 / 100);
}

TEST(QuotientIntervals, AgreeWithABootstrapThatDrawsEveryEnterprise) {
    QuotientCounts cluster;
    cluster.enterprises_by_sites = {{1U, 45U}, {2U, 12U}, {9U, 2U}};
    cluster.local_sites = 400.0;
    cluster.sector_sites = 2'000.0;
    cluster.all_sites = 30'000.0;
    Random random(5, 5);
    std::vector<double> quotients;
    for (int r = 0; r < 4'000; ++r) {
        double inside = 0.0;
        for (const auto& [sites, enterprises] : cluster.enterprises_by_sites) {
            for (std::uint32_t i = 0; i < enterprises; ++i) {
                inside += sites * poisson(1.0, random);
            }
        }
        const double other = poisson(400.0 - 87.0, random);
        const double outside = poisson(2'000.0 - 87.0, random);
        const double rest = poisson(30'000.0 - 400.0 - (2'000.0 - 87.0), random);
        quotients.push_back((inside / (inside + other)) /
                            ((inside + outside) / (inside + other + outside + rest)));
    }
    std::sort(quotients.begin(), quotients.end());
    const auto found = quotient_intervals(std::vector<QuotientCounts>{cluster}, 9'999, 1);
    EXPECT_NEAR(found[0].low / quotients[100], 1.0, 0.03);
    EXPECT_NEAR(found[0].high / quotients[3'899], 1.0, 0.03);
}

/// The interval by drawing one replicate after another, one count after another.
Interval slow_interval(const QuotientCounts& cluster, int replicates, Random random) {
    double members = 0.0;
    std::vector<double> means;
    for (const auto& [sites, enterprises] : cluster.enterprises_by_sites) {
        members += sites * enterprises;
        means.push_back(enterprises);
    }
    const double outside = cluster.sector_sites - members;
    means.insert(means.end(), {cluster.local_sites - members, outside,
                               cluster.all_sites - cluster.local_sites - outside});
    std::vector<double> quotients;
    for (int r = 0; r < replicates; ++r) {
        std::vector<double> drawn;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < means.size(); ++i) {
            bits = i % 4 == 0 ? random.next() : bits >> 16U;
            const std::vector<std::uint16_t> number{static_cast<std::uint16_t>(bits)};
            drawn.push_back(0.0);
            PoissonDraw(means[i]).count(number, std::span(drawn).last(1));
        }
        double inside = 0.0;
        const std::size_t kinds = cluster.enterprises_by_sites.size();
        for (std::size_t i = 0; i < kinds; ++i) {
            inside += drawn[i] * cluster.enterprises_by_sites[i].first;
        }
        const double here = inside + drawn[kinds];
        if (here > 0.0 && inside + drawn[kinds + 1] > 0.0) {
            quotients.push_back((inside / here) / ((inside + drawn[kinds + 1]) /
                                                   (here + drawn[kinds + 1] + drawn[kinds + 2])));
        }
    }
    std::sort(quotients.begin(), quotients.end());
    const double last = static_cast<double>(quotients.size()) - 1.0;
    return {0.0, quotients[static_cast<std::size_t>(0.025 * last + 0.5)],
            quotients[static_cast<std::size_t>(0.975 * last + 0.5)]};
}

TEST(QuotientIntervals, AreThoseOfDrawingOneReplicateAfterAnother) {
    // Many enterprises; few, so that values repeat and some replicates have none; one that is
    // large.
    std::vector<QuotientCounts> clusters(3);
    clusters[0].enterprises_by_sites = {{1U, 45U}, {2U, 12U}, {9U, 2U}};
    clusters[1].enterprises_by_sites = {{1U, 2U}};
    clusters[2].enterprises_by_sites = {{1U, 3U}, {2'000U, 1U}};
    for (QuotientCounts& cluster : clusters) {
        for (const auto& [sites, enterprises] : cluster.enterprises_by_sites) {
            cluster.local_sites += sites * enterprises;
        }
        cluster.sector_sites = cluster.local_sites + 50.0;
        cluster.local_sites += &cluster == &clusters[1] ? 0.0 : 300.0;
        cluster.all_sites = 30'000.0;
    }
    for (const int replicates : {99, 999}) {
        const auto found = quotient_intervals(clusters, replicates, 4);
        for (std::size_t i = 0; i < clusters.size(); ++i) {
            const Interval expected = slow_interval(clusters[i], replicates, Random(4, i));
            EXPECT_EQ(found[i].low, expected.low) << i;
            EXPECT_EQ(found[i].high, expected.high) << i;
        }
    }
}

TEST(QuotientIntervals, AreWiderWhenOneEnterpriseHasManySites) {
    QuotientCounts even;
    even.enterprises_by_sites = {{1U, 60U}};
    even.local_sites = 300.0;
    even.sector_sites = 1'000.0;
    even.all_sites = 20'000.0;
    QuotientCounts uneven = even;
    uneven.enterprises_by_sites = {{1U, 20U}, {40U, 1U}};
    const auto found = quotient_intervals(std::vector<QuotientCounts>{even, uneven}, 999, 1);
    EXPECT_DOUBLE_EQ(found[0].value, found[1].value);
    EXPECT_GT(found[1].high - found[1].low, 2.0 * (found[0].high - found[0].low));
}

TEST(QuotientIntervals, SayNothingWhereNothingIsInside) {
    const auto found = quotient_intervals(std::vector<QuotientCounts>(1), 99, 1);
    EXPECT_TRUE(std::isnan(found[0].value));
    EXPECT_TRUE(std::isnan(found[0].low));
}

} // namespace
} // namespace icmap::describe
