#include "cluster/relative.hpp"

#include "base/parallel.hpp"
#include "cluster/binomial.hpp"
#include "cluster/predicates.hpp"
#include "cluster/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <rapidcheck/gtest.h>

namespace icmap::cluster {
namespace {

using testing::HasSubstr;
using worlds::World;

/// The tail added up term by term.
double slow_tail(std::uint64_t successes, std::uint64_t trials, double share) {
    double sum = 0.0;
    for (std::uint64_t k = trials + 1; k > successes; --k) {
        const auto i = static_cast<double>(k - 1);
        const auto n = static_cast<double>(trials);
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) +
                        i * std::log(share) + (n - i) * std::log1p(-share));
    }
    return sum;
}

TEST(BinomialTail, IsTheSumOfItsTerms) {
    for (const std::uint64_t trials : {1U, 2U, 7U, 60U, 1000U}) {
        for (const double share : {0.001, 0.1, 0.5, 0.93}) {
            for (std::uint64_t successes = 1; successes <= trials; successes += 1 + trials / 13) {
                const double expected = slow_tail(successes, trials, share);
                EXPECT_NEAR(binomial_tail(successes, trials, share), expected,
                            1e-10 * expected + 1e-300)
                    << successes << " of " << trials << " at " << share;
            }
        }
    }
}

TEST(BinomialTail, KnowsItsEnds) {
    EXPECT_EQ(binomial_tail(0, 10, 0.2), 1.0);
    EXPECT_EQ(binomial_tail(11, 10, 0.2), 0.0);
    EXPECT_EQ(binomial_tail(3, 10, 0.0), 0.0);
    EXPECT_EQ(binomial_tail(3, 10, 1.0), 1.0);
    EXPECT_NEAR(binomial_tail(10, 10, 0.5), std::exp2(-10), 1e-15);
}

TEST(DiscoveryThreshold, FollowsBenjaminiAndHochbergsExample) {
    // The fifteen p-values of their paper, section 4: the four least hold at 0.05.
    const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
    EXPECT_EQ(discovery_threshold(p, 0.05), 0.0095);
    EXPECT_EQ(discovery_threshold({}, 0.05), -1.0);
    EXPECT_EQ(discovery_threshold(std::vector<double>{0.9}, 0.05), -1.0);
}

/// Benjamini and Hochberg's rule in their own words: the largest k with p(k) <= k q / m, one test a
/// place.
double slow_threshold(const World& sector, const std::vector<double>& p_value, double q) {
    std::map<std::pair<double, double>, double> by_place;
    for (std::size_t i = 0; i < sector.size(); ++i) {
        by_place[{sector.x_m[i] + 0.0, sector.y_m[i] + 0.0}] = p_value[i];
    }
    std::vector<double> p;
    for (const auto& [place, value] : by_place) {
        p.push_back(value);
    }
    std::sort(p.begin(), p.end());
    double threshold = -1.0;
    for (std::size_t k = 1; k <= p.size(); ++k) {
        if (p[k - 1] <= static_cast<double>(k) * q / static_cast<double>(p.size())) {
            threshold = p[k - 1];
        }
    }
    return threshold;
}

/// A big town with the national share of the sector and a village full of it.
struct Country {
    World all;
    World sector;
};

Country town_and_village() {
    Country country;
    worlds::Random random(3);
    for (int i = 0; i < 4000; ++i) {
        const double x = random.between(0, 4000);
        const double y = random.between(0, 4000);
        country.all.add(x, y);
        if (i % 20 == 0) {
            country.sector.add(x, y);
        }
    }
    for (int i = 0; i < 40; ++i) {
        const double x = 50000 + random.between(0, 500);
        const double y = random.between(0, 500);
        country.all.add(x, y);
        if (i % 2 == 0) {
            country.sector.add(x, y);
        }
    }
    return country;
}

TEST(Relative, FindsTheVillageOfOneTradeAndNotTheTown) {
    const Country country = town_and_village();
    const Background background =
        std::move(Background::make(country.all.points(), Metres{1000})).value();
    const Labels absolute = dbscan(country.sector.points(), {Metres{1000}, 10}).value();
    EXPECT_EQ(absolute.cluster_count, 2);
    const RelativeLabels found = relative(country.sector.points(), background, {}).value();
    EXPECT_EQ(found.labels.cluster_count, 1);
    for (std::size_t i = 0; i < country.sector.size(); ++i) {
        EXPECT_EQ(found.labels.label[i], country.sector.x_m[i] > 40000 ? 0 : -1);
    }
}

TEST(Relative, CountsAndTestsAsBruteForceDoes) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const auto shape = static_cast<worlds::Shape>(seed % worlds::kShapes);
        const World all = worlds::make(shape, 300, 50.0, seed);
        World sector;
        worlds::Random random(seed);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (random.below(3) == 0 && all.weight[i] > 0) {
                sector.add(all.x_m[i], all.y_m[i]);
            }
        }
        const Background background = std::move(Background::make(all.points(), Metres{50})).value();
        const RelativeOptions options{3, 0.2};
        const RelativeLabels found = relative(sector.points(), background, options).value();
        const double share =
            static_cast<double>(sector.size()) /
            static_cast<double>(std::accumulate(all.weight.begin(), all.weight.end(), 0U));
        World joint = all; // the site in question last, without weight
        joint.add(0, 0, 0);
        for (std::size_t i = 0; i < sector.size(); ++i) {
            joint.x_m.back() = sector.x_m[i];
            joint.y_m.back() = sector.y_m[i];
            ASSERT_EQ(found.sector_near[i], weight_within(sector.points(), i, Metres{50}));
            ASSERT_EQ(found.all_near[i], weight_within(joint.points(), all.size(), Metres{50}));
            const double p_value = slow_tail(found.sector_near[i], found.all_near[i], share);
            ASSERT_NEAR(found.p_value[i], std::min(1.0, p_value), 1e-9 * p_value + 1e-300);
            const bool core = found.p_value[i] <= found.threshold && found.sector_near[i] >= 3;
            ASSERT_EQ(found.labels.is_core[i] == 1, core);
        }
        ASSERT_EQ(what_is_wrong_given_core(sector.points(), Metres{50}, found.labels), std::nullopt)
            << "seed " << seed;
        ASSERT_EQ(found.threshold, slow_threshold(sector, found.p_value, 0.2)) << "seed " << seed;
    }
}

RC_GTEST_PROP(RelativeProperty, AnotherOrderOfTheSitesOnlyRenamesClusters, ()) {
    const World all = worlds::make(
        static_cast<worlds::Shape>(*rc::gen::inRange<std::uint64_t>(0, worlds::kShapes)),
        *rc::gen::inRange<std::size_t>(2, 300), 50.0, *rc::gen::arbitrary<std::uint64_t>());
    World sector;
    World backwards;
    for (std::size_t i = 0; i < all.size(); i += 2) {
        sector.add(all.x_m[i], all.y_m[i]);
    }
    for (std::size_t i = sector.size(); i > 0; --i) {
        backwards.add(sector.x_m[i - 1], sector.y_m[i - 1]);
    }
    const Background background = std::move(Background::make(all.points(), Metres{50})).value();
    const RelativeOptions options{2, 0.3};
    const RelativeLabels one = relative(sector.points(), background, options).value();
    const RelativeLabels two = relative(backwards.points(), background, options).value();
    std::map<std::int32_t, std::int32_t> there;
    std::map<std::int32_t, std::int32_t> back;
    for (std::size_t i = 0; i < sector.size(); ++i) {
        const std::size_t j = sector.size() - 1 - i;
        RC_ASSERT(one.p_value[i] == two.p_value[j]);
        RC_ASSERT(one.labels.is_core[i] == two.labels.is_core[j]);
        if (one.labels.is_core[i] == 1) {
            const std::int32_t a = one.labels.label[i];
            const std::int32_t b = two.labels.label[j];
            RC_ASSERT(there.emplace(a, b).first->second == b);
            RC_ASSERT(back.emplace(b, a).first->second == a);
        }
    }
}

TEST(Relative, FindsNothingWhereTheSectorIsEverything) {
    const World all = worlds::make(worlds::Shape::towns, 500, 100.0, 1);
    const Background background = std::move(Background::make(all.points(), Metres{100})).value();
    EXPECT_EQ(relative(all.points(), background, {}).value().labels.cluster_count, 0);
}

TEST(Relative, GivesTheSameBytesOnOneThreadAndOnSeveral) {
    const World all = worlds::make(worlds::Shape::scattered, 60000, 100.0, 7);
    World sector;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all.x_m[i] < 3000 && i % 2 == 0) {
            sector.add(all.x_m[i], all.y_m[i]);
        }
    }
    const Background background = std::move(Background::make(all.points(), Metres{200})).value();
    const auto run = [&](int threads) {
        const ThreadLimit limit(threads);
        return relative(sector.points(), background, {5, 0.05}).value();
    };
    const RelativeLabels one = run(1);
    const RelativeLabels four = run(4);
    EXPECT_EQ(one.labels.label, four.labels.label);
    EXPECT_EQ(one.p_value, four.p_value);
    EXPECT_GT(one.labels.cluster_count, 0);
}

TEST(Relative, RefusesWrongInput) {
    const World all = worlds::draw("****");
    World outside = worlds::draw("*");
    outside.x_m[0] = 9.0;
    const Background background = std::move(Background::make(all.points(), Metres{1})).value();
    EXPECT_THAT(Background::make({}, Metres{1}).error().message(), HasSubstr("no firm"));
    EXPECT_THAT(Background::make(all.points(), Metres{0}).error().message(), HasSubstr("eps"));
    EXPECT_THAT(relative(outside.points(), background, {}).error().message(),
                HasSubstr("Site 0 of the sector, at (9, 0), lies outside"));
    EXPECT_THAT(relative(all.points(), background, {10, 1.0}).error().message(),
                HasSubstr("max_false_discovery is 1"));
    EXPECT_THAT(relative(all.points(), background, {0, 0.05}).error().message(),
                HasSubstr("min_points"));
    EXPECT_EQ(relative({}, background, {}).value().labels.cluster_count, 0);
}

} // namespace
} // namespace icmap::cluster
