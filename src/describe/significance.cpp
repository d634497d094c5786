#include "describe/significance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace icmap::describe {
namespace {

double log_choose(std::uint64_t n, std::uint64_t k) {
    const auto log_factorial = [](std::uint64_t i) {
        return std::lgamma(static_cast<double>(i) + 1.0);
    };
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

} // namespace

double hypergeometric_tail(const Draw& draw, std::uint64_t observed) {
    const std::uint64_t unmarked = draw.all - draw.marked;
    const std::uint64_t least = draw.drawn > unmarked ? draw.drawn - unmarked : 0;
    const std::uint64_t most = std::min(draw.drawn, draw.marked);
    if (observed <= least) {
        return 1.0;
    }
    if (observed > most) {
        return 0.0;
    }
    const double first =
        std::exp(log_choose(draw.marked, observed) + log_choose(unmarked, draw.drawn - observed) -
                 log_choose(draw.all, draw.drawn));
    double term = 1.0;
    double sum = 1.0;
    // Each step is smaller than the one before; what adds nothing then is followed by nothing.
    constexpr double kShrinking = 0.999; // beyond what rounding may make of a step
    for (std::uint64_t k = observed; k < most; ++k) {
        const double step = static_cast<double>(draw.marked - k) / static_cast<double>(k + 1) *
                            static_cast<double>(draw.drawn - k) /
                            static_cast<double>(unmarked + k + 1 - draw.drawn);
        term *= step;
        if (step < kShrinking && sum + term == sum) {
            break;
        }
        sum += term;
    }
    // Smaller chances than a number can hold are still chances.
    return std::clamp(first * sum, std::numeric_limits<double>::min(), 1.0);
}

double binomial_tail(std::uint64_t drawn, double p, std::uint64_t observed) {
    if (observed == 0) {
        return 1.0;
    }
    if (observed > drawn || p <= 0.0) {
        return 0.0;
    }
    if (p >= 1.0) {
        return 1.0;
    }
    const auto n = static_cast<double>(drawn);
    const auto x = static_cast<double>(observed);
    const double first =
        std::exp(log_choose(drawn, observed) + x * std::log(p) + (n - x) * std::log1p(-p));
    double term = 1.0;
    double sum = 1.0;
    for (std::uint64_t k = observed; k < drawn; ++k) {
        term *= static_cast<double>(drawn - k) / static_cast<double>(k + 1) * p / (1.0 - p);
        sum += term;
    }
    return std::min(1.0, first * sum);
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [p](std::size_t a, std::size_t b) { return p[a] > p[b]; });
    std::vector<double> adjusted(p.size());
    double least = 1.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double rank = static_cast<double>(order.size() - i);
        least = std::min(least, p[order[i]] * static_cast<double>(order.size()) / rank);
        adjusted[order[i]] = least;
    }
    return adjusted;
}

} // namespace icmap::describe
