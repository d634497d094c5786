#pragma once

#include "link/text_list.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace icmap::link {

inline constexpr std::uint32_t kNoWord = 0xFFFFFFFFU;

/// Numbers distinct words from 0 in the order in which they come; open addressing.
class WordTable {
  public:
    WordTable();
    /// The number of the word, a new one where it is new. \complexity O(length), amortised
    std::uint32_t add(std::string_view word);
    /// The number of the word, kNoWord where it is not in the table.
    [[nodiscard]] std::uint32_t find(std::string_view word) const;
    [[nodiscard]] std::string_view word(std::uint32_t id) const { return words_[id]; }
    [[nodiscard]] std::size_t size() const { return words_.size(); }

  private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t id = kNoWord;
    };
    void grow();
    [[nodiscard]] std::size_t place(std::string_view word, std::uint64_t hash) const;

    TextList words_;
    std::vector<Slot> slots_;
};

} // namespace icmap::link
