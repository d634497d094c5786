#include "cluster/binomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <math.h> // lgamma_r: std::lgamma writes to a global, which threads would fight over

namespace icmap::cluster {
namespace {

double log_gamma(double x) {
    int sign = 0;
    return lgamma_r(x, &sign);
}

/// The continued fraction of the incomplete beta function; converges fast for x below the mean.
double beta_fraction(double a, double b, double x) {
    constexpr double kTiny = std::numeric_limits<double>::min() / 1e-16;
    constexpr double kEnough = 1e-15;
    constexpr int kMostSteps = 100000; // some sqrt(max(a, b)) are needed
    const auto not_zero = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1.0;
    double d = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0));
    double fraction = d;
    for (int step = 1; step <= kMostSteps; ++step) {
        const double m = step;
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        fraction *= d * c;
        if (std::abs(d * c - 1.0) < kEnough) {
            break;
        }
    }
    return fraction;
}

/// The regularised incomplete beta function I_x(a, b).
double incomplete_beta(double a, double b, double x) {
    const double log_front =
        log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * std::log(x) + b * std::log1p(-x);
    const double front = std::exp(log_front);
    if (x < (a + 1.0) / (a + b + 2.0)) {
        return front * beta_fraction(a, b, x) / a;
    }
    return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

} // namespace

double binomial_tail(std::uint64_t successes, std::uint64_t trials, double share) {
    if (successes == 0 || share >= 1.0) {
        return successes <= trials ? 1.0 : 0.0;
    }
    if (successes > trials || share <= 0.0) {
        return 0.0;
    }
    const double tail = incomplete_beta(static_cast<double>(successes),
                                        static_cast<double>(trials - successes) + 1.0, share);
    return std::clamp(tail, 0.0, 1.0);
}

double discovery_threshold(std::span<const double> p_value, double max_false_discovery) {
    std::vector<double> sorted(p_value.begin(), p_value.end());
    std::sort(sorted.begin(), sorted.end());
    const auto tests = static_cast<double>(sorted.size());
    for (std::size_t i = sorted.size(); i > 0; --i) {
        if (sorted[i - 1] <= max_false_discovery * static_cast<double>(i) / tests) {
            return sorted[i - 1];
        }
    }
    return -1.0;
}

} // namespace icmap::cluster
