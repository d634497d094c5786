#include "describe/sum_tally.hpp"

#include <cmath>

namespace icmap::describe {
namespace {

/// As std::round, halves away from nought; quick for what 64 bits hold: a hundred million are
/// added.
SumTally::Millionths rounded(double number) {
    constexpr double kMost = 9e18;
    if (!(std::abs(number) < kMost)) {
        return static_cast<SumTally::Millionths>(std::round(number));
    }
    const auto whole = static_cast<std::int64_t>(number);
    const double rest = number - static_cast<double>(whole); // exact
    return whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
}

} // namespace

SumTally::Millionths SumTally::millionths_of(double amount) {
    return rounded(amount * 1e6);
}

double SumTally::value(Millionths millionths) {
    constexpr Millionths kExact = Millionths{1} << 53U;
    constexpr std::int64_t kOne = 1'000'000;
    if (millionths <= kExact && millionths >= -kExact) {
        return static_cast<double>(static_cast<std::int64_t>(millionths)) / 1e6;
    }
    return static_cast<double>(millionths / kOne) +
           static_cast<double>(static_cast<std::int64_t>(millionths % kOne)) / 1e6;
}

} // namespace icmap::describe
