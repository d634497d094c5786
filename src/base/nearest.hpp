#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace icmap {

/// The candidate most like `word`, for "did you mean": fewest edits (insert, delete, replace, swap
/// of neighbours), case and the characters " _-." aside; ties go to the first.
/// \returns nothing when even the nearest differs in more than half of its letters
/// \complexity product of the lengths, per candidate
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> candidates);

/// Number of edits between two texts (optimal string alignment).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

} // namespace icmap
