#pragma once

#include <atomic>

namespace icmap::serve {

/// A place among those that may do something costly at once, for as long as it lives.
class Turn {
  public:
    Turn(std::atomic<int>& running, int most)
        : running_(&running), is_taken_(running.fetch_add(1) < most) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { running_->fetch_sub(1); }
    /// False where too many are at it already.
    [[nodiscard]] bool is_taken() const { return is_taken_; }

  private:
    std::atomic<int>* running_;
    bool is_taken_;
};

} // namespace icmap::serve
