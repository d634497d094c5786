#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace icmap::demo {

/// One step of SplitMix64 (Steele, Lea and Flood 2014): a bijective scrambling of 64 bits.
[[nodiscard]] constexpr std::uint64_t scramble(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31U);
}

/// A pseudo-random sequence that is the same on every machine and library: xoshiro256++ (Blackman
/// and Vigna 2019) and draws made of integer and IEEE basic arithmetic only.
class Random {
  public:
    /// The sequence number `index` of `purpose` under `seed`; different triples are independent.
    Random(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index) {
        std::uint64_t x = scramble(scramble(scramble(seed) ^ purpose) ^ index);
        for (std::uint64_t& word : state_) {
            word = x = scramble(x);
        }
    }

    std::uint64_t next() {
        const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t t = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotate(state_[3], 45);
        return result;
    }

    /// An integer in [0, n); n > 0. The bias is below n / 2^32.
    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>(((next() >> 32U) * n) >> 32U);
    }

    /// An integer in [low, high].
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
    }

    /// A number in [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

    bool chance(double probability) { return unit() < probability; }

    /// A bell-shaped number of mean 0 and deviation 1, within ±3.5: the sum of four uniforms
    /// (Irwin and Hall 1927), so that no library logarithm or cosine reaches the output.
    double bell() { return (unit() + unit() + unit() + unit() - 2.0) * 1.7320508075688772; }

    template <class T>
    const T& pick(std::span<const T> values) {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }
    template <class Container>
    const auto& pick(const Container& values) {
        return values[below(static_cast<std::uint32_t>(values.size()))];
    }

  private:
    static constexpr std::uint64_t rotate(std::uint64_t x, unsigned k) {
        return (x << k) | (x >> (64U - k));
    }
    std::array<std::uint64_t, 4> state_{};
};

/// A bijection of [0, n) that spreads neighbours evenly: i -> (i * step + shift) mod n.
class Spread {
  public:
    Spread(std::uint64_t n, std::uint64_t seed) : n_(n == 0 ? 1 : n) {
        // The golden ratio spreads any run of neighbours most evenly (Knuth, vol. 3, 6.4).
        step_ = static_cast<std::uint64_t>(static_cast<double>(n_) * 0.6180339887498949) | 1U;
        while (greatest_common_divisor(step_, n_) != 1) {
            step_ += 1;
        }
        shift_ = scramble(seed) % n_;
    }
    [[nodiscard]] std::uint64_t operator()(std::uint64_t i) const {
        return (i * step_ + shift_) % n_;
    }

  private:
    static std::uint64_t greatest_common_divisor(std::uint64_t a, std::uint64_t b) {
        while (b != 0) {
            const std::uint64_t rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }
    std::uint64_t n_;
    std::uint64_t step_ = 1;
    std::uint64_t shift_ = 0;
};

} // namespace icmap::demo
