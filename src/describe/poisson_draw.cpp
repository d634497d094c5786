#include "describe/poisson_draw.hpp"

#include "base/simd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace icmap::describe {
namespace {

constexpr double kSmallMean = 30.0;
constexpr std::size_t kBlock = 128;

double normal_tail(double x) {
    return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

/// Quantiles of the upper half, from the middle outwards, each found from the one before by
/// Newton's method.
std::vector<double> quantile_table() {
    const std::uint32_t n = PoissonDraw::kLikely;
    std::vector<double> table(n);
    double x = 0.0;
    for (std::uint32_t i = n / 2; i < n; ++i) {
        const double tail = (n - i - 0.5) / n;
        for (int turn = 0; turn < 4; ++turn) {
            const double density = std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
            x += (normal_tail(x) - tail) / density;
        }
        table[i] = x;
        table[n - 1 - i] = -x;
    }
    return table;
}

/// How many of the limits each number has reached: few limits are compared with many numbers at a
/// time, sooner than each number is looked up.
ICMAP_SIMD_CLONES
void count_reached(std::span<const std::uint16_t> numbers, std::span<const std::uint16_t> limits,
                   double* counts) {
    std::array<std::uint16_t, kBlock> reached;
    for (std::size_t begin = 0; begin < numbers.size(); begin += kBlock) {
        const std::size_t n = std::min(kBlock, numbers.size() - begin);
        reached.fill(0);
        for (const std::uint16_t limit : limits) {
            for (std::size_t i = 0; i < n; ++i) {
                reached[i] = static_cast<std::uint16_t>(reached[i] +
                                                        (numbers[begin + i] >= limit ? 1U : 0U));
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            counts[begin + i] = reached[i];
        }
    }
}

ICMAP_SIMD_CLONES
void count_rounded(std::span<const std::uint16_t> numbers, double mean, double deviation,
                   const double* quantiles, double* counts) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double drawn = mean + deviation * quantiles[numbers[i]] + 0.5;
        counts[i] = drawn > 0.0 ? std::trunc(drawn) : 0.0;
    }
}

} // namespace

const std::vector<double>& PoissonDraw::normal_quantiles() {
    static const std::vector<double> table = quantile_table();
    return table;
}

PoissonDraw::PoissonDraw(double mean)
    : mean_(mean), deviation_(std::sqrt(mean)), is_small_(mean < kSmallMean) {
    if (is_small_) {
        lay_out();
    }
}

void PoissonDraw::lay_out() {
    double chance = std::exp(-mean_);
    double below = chance;
    double k = 0.0;
    // Rounded to whole numbers; the last count takes what is left.
    for (long up_to = std::lround(below * kLikely); up_to < static_cast<long>(kLikely);
         up_to = std::lround(below * kLikely)) {
        up_to_.push_back(static_cast<std::uint16_t>(up_to));
        k += 1.0;
        chance *= mean_ / k;
        below += chance;
    }
}

void PoissonDraw::count(std::span<const std::uint16_t> numbers, std::span<double> counts) const {
    if (is_small_) {
        count_reached(numbers, up_to_, counts.data());
    } else {
        count_rounded(numbers, mean_, deviation_, normal_quantiles().data(), counts.data());
    }
}

} // namespace icmap::describe
