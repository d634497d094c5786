#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::tiles {

/// Numbers distinct byte strings in the order they first come, and keeps each once, in one piece of
/// memory.
class Interner {
  public:
    /// The number of these bytes; at most 2^32 - 2 distinct ones.
    /// \complexity O(length), amortised
    std::uint32_t intern(std::string_view bytes);

    /// \param i less than size(). The view lives until the next `intern`.
    [[nodiscard]] std::string_view at(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(bytes_).substr(begin, ends_[i] - begin);
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    /// Gives spare memory back. `intern` still works, but first pays for it anew.
    void freeze();

  private:
    void grow();

    std::string bytes_;
    std::vector<std::size_t> ends_;
    std::vector<std::uint32_t> slots_; ///< open addressing: number + 1, 0 where free
};

} // namespace icmap::tiles
