#pragma once

#include <cmath>
#include <cstdint>

namespace icmap::describe {

/// A sum of money shared out by weights, exact to ten places after the point: pence (two) times a
/// weight (eight). As DuckDB sums decimal(28, 2) × decimal(9, 8).
class ExactDecimal {
  public:
    void add_share(std::int64_t pence, double weight) {
        sum_ += Wide{pence} * static_cast<std::int64_t>(std::round(weight * kWeightUnits));
    }
    /// As DuckDB reads a decimal of ten places.
    [[nodiscard]] double value() const {
        constexpr Wide kExact = Wide{1} << 53U;
        constexpr std::int64_t kOne = 10'000'000'000;
        if (sum_ <= kExact && sum_ >= -kExact) {
            return static_cast<double>(static_cast<std::int64_t>(sum_)) / 1e10;
        }
        return static_cast<double>(sum_ / kOne) +
               static_cast<double>(static_cast<std::int64_t>(sum_ % kOne)) / 1e10;
    }

  private:
    __extension__ using Wide = __int128;
    static constexpr double kWeightUnits = 1e8;
    Wide sum_ = 0;
};

} // namespace icmap::describe
