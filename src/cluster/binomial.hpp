#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// The chance of at least `successes` in `trials` draws that each succeed with chance `share`.
/// \param share in [0, 1]
/// \returns in [0, 1]; relative error below 1e-10 for a thousand trials and 1e-8 for ten million;
///          0 below about 1e-300
/// \complexity a continued fraction, some ten to a hundred steps whatever the counts
/// \source Abramowitz, Stegun (1964) 26.5.24; the fraction by Lentz (1976) as modified by
///         Thompson, Barnett (1986)
[[nodiscard]] double binomial_tail(std::uint64_t successes, std::uint64_t trials, double share);

/// Which of many tests hold when at most that share of those that hold may be false.
/// \param p_value in [0, 1], any order
/// \param max_false_discovery in (0, 1)
/// \returns the greatest p-value that holds, -1 when none does
/// \complexity O(n log n)
/// \source Benjamini, Hochberg (1995); valid for positively dependent tests, as neighbours' are
///         (Benjamini, Yekutieli 2001)
[[nodiscard]] double discovery_threshold(std::span<const double> p_value,
                                         double max_false_discovery);

} // namespace icmap::cluster
