#include "describe/poisson_draw.hpp"

#include <cmath>
#include <numbers>

namespace icmap::describe {
namespace {

constexpr double kSmallMean = 30.0;

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

} // namespace

const std::vector<double>& PoissonDraw::normal_quantiles() {
    static const std::vector<double> table = quantile_table();
    return table;
}

PoissonDraw::PoissonDraw(double mean) : mean_(mean), deviation_(std::sqrt(mean)) {
    if (mean < kSmallMean) {
        lay_out(mean);
    }
}

void PoissonDraw::lay_out(double mean) {
    double chance = std::exp(-mean);
    double below = chance;
    double k = 0.0;
    // Rounded to whole numbers; the last count takes what is left.
    while (std::lround(below * kLikely) < static_cast<long>(kLikely)) {
        up_to_.push_back(static_cast<std::uint32_t>(std::lround(below * kLikely)));
        k += 1.0;
        chance *= mean / k;
        below += chance;
    }
    up_to_.push_back(kLikely);
    std::uint16_t count = 0;
    for (std::uint32_t stride = 0; stride < start_.size(); ++stride) {
        while (stride * kStride >= up_to_[count]) {
            ++count;
        }
        start_[stride] = count;
    }
}

} // namespace icmap::describe
