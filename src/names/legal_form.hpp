#pragma once

#include <cstdint>
#include <string_view>

namespace icmap::names {

/// The kind of company that the end of a name says.
enum class LegalForm : std::uint8_t {
    unknown, ///< it says none, or not at its end
    limited,
    public_limited,
    limited_liability_partnership,
    limited_partnership,
    community_interest,
    foreign
};

/// "Beta Technology Ltd." is limited, "BETA TECHNOLOGY" unknown. Capitals and signs at the end do
/// not matter. \complexity O(1)
[[nodiscard]] LegalForm legal_form_of(std::string_view name);

/// Spelt as the enumerator; at most twelve letters, so that databases keep it in place.
[[nodiscard]] std::string_view to_text(LegalForm form);
/// \returns unknown for a text that is none of them
[[nodiscard]] LegalForm parse_legal_form(std::string_view text);

} // namespace icmap::names
