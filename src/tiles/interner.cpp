#include "tiles/interner.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace icmap::tiles {

std::uint32_t Interner::intern(std::string_view bytes) {
    if (2 * (ends_.size() + 1) > slots_.size()) {
        grow();
    }
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(bytes)&mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        if (at(slots_[slot] - 1) == bytes) {
            return slots_[slot] - 1;
        }
    }
    bytes_ += bytes;
    ends_.push_back(bytes_.size());
    slots_[slot] = static_cast<std::uint32_t>(ends_.size());
    return slots_[slot] - 1;
}

void Interner::grow() {
    // A power of two, at most half full.
    slots_.assign(std::max<std::size_t>(64, std::bit_ceil(4 * (ends_.size() + 1))), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        std::size_t slot = std::hash<std::string_view>{}(at(i)) & mask;
        while (slots_[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

void Interner::freeze() {
    bytes_.shrink_to_fit();
    ends_.shrink_to_fit();
    slots_ = {};
}

} // namespace icmap::tiles
