#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// Counters of requests by route and status, and of their seconds.
class Metrics {
  public:
    /// \param names one per route
    explicit Metrics(std::vector<std::string> names);
    void count(std::size_t route, int status, double seconds);
    /// Prometheus text format 0.0.4.
    [[nodiscard]] std::string text() const;

  private:
    /// Upper bounds of the buckets, seconds: a cached tile, a tile, a query, a slow one.
    static constexpr std::array<double, 8> kBounds{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0};
    struct Counters {
        std::array<std::atomic<std::uint64_t>, 5> by_class{}; ///< 1xx … 5xx
        std::array<std::atomic<std::uint64_t>, kBounds.size()> buckets{};
        std::atomic<std::uint64_t> requests{0};
        std::atomic<std::uint64_t> microseconds{0};
    };
    std::vector<std::string> names_;
    std::vector<Counters> counters_;
};

} // namespace icmap::serve
