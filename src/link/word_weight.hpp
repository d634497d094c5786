#pragma once

#include "names/organisation_name.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace icmap::link {

/// How far a word tells organisations apart.
enum class WordWeight : std::uint8_t {
    full,
    weak, ///< hardly: UK, AND
    group ///< hardly, but it tells companies of one group apart: HOLDINGS
};

using WordWeights = std::function<WordWeight(std::string_view)>;

/// As reference/link/names.toml has it.
[[nodiscard]] inline WordWeight standard_weight(std::string_view word) {
    const names::NameRules& rules = names::NameRules::standard();
    return rules.is_group_word(word) ? WordWeight::group
           : rules.is_weak(word)     ? WordWeight::weak
                                     : WordWeight::full;
}

} // namespace icmap::link
