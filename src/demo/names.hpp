#pragma once

#include "demo/random.hpp"
#include "demo/tables.hpp"

#include <string>
#include <string_view>

namespace icmap::demo {

/// A made-up name of an ordinary firm, without its legal form: "PENNINE PLUMBING & HEATING",
/// "J HARTLEY MOTORS", "VERIDEX CONSULTING". Real firms may happen to be called the same.
[[nodiscard]] std::string ordinary_name(Random& random, const SicCode& sic, std::string_view town);

/// A made-up name of a firm of a planted sector; `shows_sector` puts one of its words in.
[[nodiscard]] std::string planted_name(Random& random, const PlantedSector& sector,
                                       bool shows_sector);

/// An invented word: "SOLAVIX".
[[nodiscard]] std::string invented_word(Random& random);

/// The name as a grant form has it: other capitals, shortened or missing legal form, "and" for
/// "&", sometimes a slip of the keyboard. `is_misspelt` tells whether a letter was changed.
[[nodiscard]] std::string as_typed(Random& random, std::string_view registered, bool& is_misspelt);

/// "University Of Oxford" of "UNIVERSITY OF OXFORD": first letters upper, the rest lower.
[[nodiscard]] std::string title_case(std::string_view text);

} // namespace icmap::demo
