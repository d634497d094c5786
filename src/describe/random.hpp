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
        state_ = next() ^ (stream * 0x9E3779B97F4A7C15ULL);
        next();
    }
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    /// In [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// In [0, n), n below 2^32, as good as even.
    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>(((next() >> 32U) * n) >> 32U);
    }

  private:
    std::uint64_t state_;
};

} // namespace icmap::describe
