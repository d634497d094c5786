#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

/// What is drawn from where: `drawn` of `all`, of which `marked` are of a kind.
struct Draw {
    std::uint64_t all = 0;
    std::uint64_t marked = 0; ///< at most `all`
    std::uint64_t drawn = 0;  ///< at most `all`
};

/// The chance that at least `observed` of those drawn without replacement are marked: the upper
/// tail of the hypergeometric distribution, which relabelling at random gives in the limit.
/// Relative error below 1e-8 up to ten million, down to 2.2e-308: what is possible has no less.
/// \returns 0–1, 0 for what cannot be
/// \complexity linear in the number of possible counts above `observed`
[[nodiscard]] double hypergeometric_tail(const Draw& draw, std::uint64_t observed);

/// The chance that at least `observed` of `drawn` are marked, each with chance `p` by itself: the
/// upper tail of the binomial distribution. \param p 0–1 \returns 0–1
/// \complexity linear in the number of possible counts above `observed`
[[nodiscard]] double binomial_tail(std::uint64_t drawn, double p, std::uint64_t observed);

/// Each p as the smallest false-discovery rate at which it would be called significant; in the
/// order given. \param p of one family, each 0–1 \source Benjamini and Hochberg 1995; R
/// p.adjust(method = "BH")
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p);

} // namespace icmap::describe
