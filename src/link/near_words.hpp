#pragma once

#include "link/word_table.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::link {

/// A word of a table that another may be a misspelling of.
struct NearWord {
    std::uint32_t word = 0;
    std::uint8_t edits = 0; ///< 1 or 2
    friend bool operator==(const NearWord&, const NearWord&) = default;
};

/// For some words, the words of a table that are few edits away.
///
/// All words one edit away are found (words of 4 letters or more), and of those two edits away
/// (8 letters or more) the ones where one letter left out of each makes them equal.
class NearWords {
  public:
    /// \param asked ids of words of `table`, distinct
    /// \param is_known by id: whether a word may be an answer
    /// \complexity O(letters of the table); the words asked for lie in memory nine times over
    /// \source Mor and Fraenkel 1982, "A hash code method for detecting and correcting spelling
    ///         errors" (deletion neighbourhoods)
    NearWords(const WordTable& table, std::span<const std::uint32_t> asked,
              std::span<const std::uint8_t> is_known);

    /// The known words near asked[i], by id.
    [[nodiscard]] std::span<const NearWord> of(std::size_t i) const {
        return std::span(near_).subspan(first_[i], first_[i + 1] - first_[i]);
    }

  private:
    std::vector<std::size_t> first_;
    std::vector<NearWord> near_;
};

} // namespace icmap::link
