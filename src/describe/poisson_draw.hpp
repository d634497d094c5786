#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace icmap::describe {

/// Poisson counts of one mean from tables, for very many draws: each of 65,536 equally likely
/// numbers has its count, by the exact distribution below a mean of 30 and by the rounded normal
/// from there on. What is rarer than one in 65,536 is never drawn.
class PoissonDraw {
  public:
    static constexpr std::uint32_t kLikely = 65'536; ///< numbers to draw from

    /// \param mean finite, ≥ 0
    explicit PoissonDraw(double mean);

    /// The count of a number below kLikely; grows with it.
    [[nodiscard]] double count(std::uint32_t number) const {
        if (up_to_.empty()) {
            const double drawn = mean_ + deviation_ * normal_quantiles()[number] + 0.5;
            return drawn > 0.0 ? static_cast<double>(static_cast<std::int64_t>(drawn)) : 0.0;
        }
        std::uint32_t k = start_[number / kStride];
        while (number >= up_to_[k]) {
            ++k;
        }
        return static_cast<double>(k);
    }

  private:
    static constexpr std::uint32_t kStride = 512;
    /// The standard normal's quantiles in the middle of each of kLikely equal shares.
    static const std::vector<double>& normal_quantiles();
    void lay_out(double mean);

    double mean_;
    double deviation_;
    std::vector<std::uint32_t> up_to_; ///< by count: numbers below it have this count or less
    std::array<std::uint16_t, kLikely / kStride> start_{}; ///< least count in each stride
};

} // namespace icmap::describe
