#include "describe/significance.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace icmap::describe {
namespace {

/// The tail by adding up binomial coefficients, for small numbers.
double slow_tail(const Draw& draw, std::uint64_t observed) {
    const auto choose = [](std::uint64_t n, std::uint64_t k) {
        double product = k > n ? 0.0 : 1.0;
        for (std::uint64_t i = 0; i < k && k <= n; ++i) {
            product *= static_cast<double>(n - i) / static_cast<double>(i + 1);
        }
        return product;
    };
    double sum = 0.0;
    for (std::uint64_t k = observed; k <= draw.drawn; ++k) {
        sum += choose(draw.marked, k) * choose(draw.all - draw.marked, draw.drawn - k);
    }
    return sum / choose(draw.all, draw.drawn);
}

TEST(HypergeometricTail, AgreesWithAddingUpTheCoefficients) {
    for (const Draw& draw : {Draw{20, 7, 12}, Draw{50, 5, 10}, Draw{10, 5, 7}, Draw{9, 9, 4}}) {
        for (std::uint64_t observed = 0; observed <= draw.drawn + 1; ++observed) {
            EXPECT_NEAR(hypergeometric_tail(draw, observed), slow_tail(draw, observed), 1e-10)
                << draw.all << ' ' << draw.marked << ' ' << draw.drawn << ' ' << observed;
        }
    }
}

TEST(HypergeometricTail, KeepsItsDigitsFarOutInARegister) {
    // Exact integers: sum of C(1200, k) C(74540, 3000 - k) / C(75740, 3000) from k = 200.
    const double expected = 4.0380731996500604e-67;
    EXPECT_NEAR(hypergeometric_tail({75'740, 1'200, 3'000}, 200) / expected, 1.0, 1e-8);
}

TEST(HypergeometricTail, IsNoughtOnlyForWhatCannotBe) {
    // All 900 sites of a sector among 1,000 of a million: far below 1e-308.
    const double tiny = hypergeometric_tail({1'000'000, 900, 1'000}, 900);
    EXPECT_GT(tiny, 0.0);
    EXPECT_LT(tiny, 1e-307);
    EXPECT_GT(benjamini_hochberg(std::vector<double>{tiny, 0.5}).front(), 0.0);
    EXPECT_EQ(hypergeometric_tail({1'000'000, 900, 1'000}, 901), 0.0);
}

TEST(BenjaminiHochberg, GivesWhatRGives) {
    const std::vector<double> p{0.01, 0.5, 0.02, 0.04, 0.03};
    const auto adjusted = benjamini_hochberg(p);
    const std::vector<double> expected{0.05, 0.5, 0.05, 0.05, 0.05};
    for (std::size_t i = 0; i < p.size(); ++i) {
        EXPECT_NEAR(adjusted[i], expected[i], 1e-12) << i;
    }
    EXPECT_EQ(benjamini_hochberg(std::vector<double>{0.2})[0], 0.2);
    EXPECT_TRUE(benjamini_hochberg({}).empty());
}

// R: pbinom(observed - 1, drawn, p, lower.tail = FALSE)
TEST(BinomialTail, AgreesWithThePrintedValues) {
    EXPECT_NEAR(binomial_tail(33, 0.0005, 2), 1.3064364e-4, 1e-10);
    EXPECT_NEAR(binomial_tail(20, 0.05, 3), 0.0754836738, 1e-9);
    EXPECT_NEAR(binomial_tail(1000, 0.05, 60), 0.0867321784, 1e-9);
    EXPECT_NEAR(binomial_tail(10, 0.3, 10), 5.9049e-6, 1e-12);
}

TEST(BinomialTail, HoldsAtItsEnds) {
    EXPECT_EQ(binomial_tail(10, 0.3, 0), 1.0);
    EXPECT_EQ(binomial_tail(10, 0.3, 11), 0.0);
    EXPECT_EQ(binomial_tail(10, 0.0, 1), 0.0);
    EXPECT_EQ(binomial_tail(10, 1.0, 10), 1.0);
}

} // namespace
} // namespace icmap::describe
