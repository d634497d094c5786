#pragma once

#include <future>
#include <utility>
#include <vector>

namespace icmap {

/// Gives back the memory of what nobody needs any more beside other work: millions of small pieces
/// take a while. Waits for it when it goes itself. Of one thread.
class Forgetting {
  public:
    /// \param thing whose end touches nothing that others may
    template <class Thing>
    void forget(Thing thing) {
        under_way_.push_back(std::async(std::launch::async, [own = std::move(thing)]() mutable {
            const Thing gone = std::move(own);
        }));
    }

  private:
    std::vector<std::future<void>> under_way_;
};

} // namespace icmap
