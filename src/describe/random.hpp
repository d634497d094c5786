#pragma once

#include <cstdint>

namespace icmap::describe {

/// Random numbers that are the same on every machine and with every compiler (those of <random>'s
/// distributions are not).
/// \source splitmix64: Steele, Lea and Flood 2014
class Random {
  public:
    /// A stream of its own for each pair of numbers.
    Random(std::uint64_t seed, std::uint64_t stream) : state_(seed) {
        state_ = next() ^ (stream * kStep);
        next();
    }
    std::uint64_t next() {
        state_ += kStep;
        return mixed(state_);
    }
    /// What next would give after `others` other calls: numbers that are asked for side by side.
    [[nodiscard]] std::uint64_t ahead(std::uint64_t others) const {
        return mixed(state_ + (others + 1) * kStep);
    }
    /// Passes over numbers that ahead gave.
    void skip(std::uint64_t numbers) { state_ += numbers * kStep; }
    /// In [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// In [0, n), n below 2^32, as good as even.
    std::uint32_t below(std::uint32_t n) { return below(n, next()); }
    /// The same of a number that was given.
    static std::uint32_t below(std::uint32_t n, std::uint64_t number) {
        return static_cast<std::uint32_t>(((number >> 32U) * n) >> 32U);
    }

  private:
    static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
    static std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

    std::uint64_t state_;
};

} // namespace icmap::describe
