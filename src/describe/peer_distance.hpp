#pragma once

#include "describe/peers.hpp"

#include <array>
#include <cmath>
#include <vector>

namespace icmap::describe {

constexpr double kFarthest = 3.0; // standard deviations: one odd trait must not decide alone
constexpr std::size_t kMix = kTraits;
constexpr std::size_t kType = kTraits + 1;
constexpr std::size_t kParts = kTraits + 2;

/// Traits in standard deviations of all clusters; NaN where not known, or the same in all.
using Scaled = std::array<double, kTraits>;

/// How far two clusters are apart, part by part; NaN where one is not known.
struct Difference {
    std::array<double, kParts> parts{};
    double total = std::nan("");
};

/// Compares profiles two at a time, as find_peers says. Keeps a reference to them.
class Comparison {
  public:
    explicit Comparison(const std::vector<PeerProfile>& profiles);
    [[nodiscard]] Difference between(std::size_t a, std::size_t b) const;
    [[nodiscard]] const std::vector<Scaled>& scaled() const { return scaled_; }

  private:
    const std::vector<PeerProfile>& profiles_;
    std::vector<Scaled> scaled_;
};

} // namespace icmap::describe
