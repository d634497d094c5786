#pragma once

#include <algorithm>
#include <cstdint>

namespace icmap::describe {

/// A sum over the enterprises of a cluster, exact to the millionth, with its largest parts.
struct SumTally {
    __extension__ using Millionths = __int128;
    std::uint32_t known = 0;        ///< enterprises with an amount
    std::uint32_t contributors = 0; ///< with an amount above nought
    Millionths sum = 0;
    Millionths largest = 0;
    Millionths second = 0;

    void add(double amount) { add_millionths(millionths_of(amount)); }
    void add_millionths(Millionths millionths) {
        ++known;
        sum += millionths;
        contributors += millionths > 0 ? 1U : 0U;
        if (millionths > second) {
            second = std::min(millionths, largest);
            largest = std::max(millionths, largest);
        }
    }
    /// Rounded, halves away from nought.
    [[nodiscard]] static Millionths millionths_of(double amount);
    /// As DuckDB reads a decimal of six places.
    [[nodiscard]] static double value(Millionths millionths);
};

} // namespace icmap::describe
