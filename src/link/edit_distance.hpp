#pragma once

#include <string_view>

namespace icmap::link {

/// The longest word edit distances are asked of; longer ones are compared by equality alone.
inline constexpr std::size_t kLongestWord = 32;

/// The number of letters inserted, deleted, replaced or swapped with their neighbour that turn one
/// word into the other, no letter touched twice (optimal string alignment); `limit` + 1 where it is
/// more than `limit`, or where a word is longer than kLongestWord.
/// \complexity O(length x limit)
/// \source Damerau 1964; Boytsov 2011, "Indexing methods for approximate dictionary searching", 2.2
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int limit);

/// How many edits two words of these lengths may differ by and still be taken for one word
/// misspelt: none below 4 letters, 1 below 8, otherwise 2.
[[nodiscard]] int allowed_edits(std::string_view a, std::string_view b);

} // namespace icmap::link
