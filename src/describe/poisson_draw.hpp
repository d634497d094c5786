#pragma once

#include <cstdint>
#include <span>
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

    /// The counts of numbers, whole; they grow with the numbers.
    void count(std::span<const std::uint16_t> numbers, std::span<double> counts) const;

  private:
    /// The standard normal's quantiles in the middle of each of kLikely equal shares.
    static const std::vector<double>& normal_quantiles();
    void lay_out();

    double mean_;
    double deviation_;
    bool is_small_;
    std::vector<std::uint16_t> up_to_; ///< by count: numbers below it have this count or less
};

} // namespace icmap::describe
