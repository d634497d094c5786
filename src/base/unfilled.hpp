#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace icmap {

/// Leaves what a vector grows by as it is, where the library would write noughts.
template <class T>
class LeftUnfilled : public std::allocator<T> {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>,
                  "memory alone must be enough to assign to");

  public:
    template <class Other>
    struct rebind {
        using other = LeftUnfilled<Other>;
    };
    using std::allocator<T>::allocator;

    template <class Other>
    void construct(Other*) noexcept {}
    template <class Other, class... Arguments>
    void construct(Other* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) Other(std::forward<Arguments>(arguments)...);
    }
};

/// A large column that several threads fill: its memory is first touched by whom it is written by.
/// Write every value before any is read.
template <class T>
using UnfilledVector = std::vector<T, LeftUnfilled<T>>;

} // namespace icmap
