#pragma once

#include "base/result.hpp"

#include <chrono>
#include <optional>

namespace icmap {

/// The moment after which work is of no use any more. Long work asks between its steps and gives
/// up; a step that has begun is finished. Any number of threads may ask.
class Deadline {
  public:
    /// Never.
    Deadline() = default;
    /// So long from now; zero or less has passed already.
    explicit Deadline(std::chrono::milliseconds from_now) : at_(Clock::now() + from_now) {}

    [[nodiscard]] bool has_passed() const { return at_ && Clock::now() >= *at_; }
    /// \errors stopped: it has passed
    [[nodiscard]] Result<void> check() const;

  private:
    using Clock = std::chrono::steady_clock;
    std::optional<Clock::time_point> at_;
};

} // namespace icmap
