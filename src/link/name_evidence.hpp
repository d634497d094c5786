#pragma once

#include "link/postcode_places.hpp"
#include "link/word_table.hpp"
#include "link/word_weight.hpp"

#include <cstdint>
#include <span>
#include <vector>

// How much the likeness of two names, and of two addresses, says about their being one
// organisation, in bits: log2 of how much likelier it is for one organisation than for two.
// Fellegi and Sunter 1969, "A theory for record linkage"; frequencies of words as in Winkler 2000,
// "Frequency-based matching in Fellegi-Sunter model". docs/methods/linkage.md has the table.
namespace icmap::link {

/// The words of a register and what each says.
struct Words {
    WordTable table;
    std::vector<std::uint32_t> names;    ///< by word: registered names that have it
    std::vector<float> bits;             ///< by word: log2 of registered names per name with it
    std::vector<WordWeight> weight;      ///< by word
    std::vector<std::uint8_t> has_digit; ///< by word
    std::vector<std::uint32_t> letters; ///< by word: bit i set where it has the i-th letter of A–Z
};

/// What two names say together.
struct NameEvidence {
    double bits = 0.0;
    /// What of it was taken off for words that only one of the names has.
    double missing_bits = 0.0;
    /// Words that only one of the names has, weak ones not counted.
    std::uint32_t words_apart = 0;
    /// Weak words that only one of the names has, and those of them that tell companies of a group
    /// apart.
    std::uint32_t weak_words_apart = 0;
    std::uint32_t group_words_apart = 0;
};

/// The bits that one word says which both names have.
[[nodiscard]] double agreement_bits(const Words& words, std::uint32_t word);
/// The bits that a word says against, which only one of the names has.
[[nodiscard]] double missing_bits(const Words& words, std::uint32_t word);
/// The bits that two words say which are one or two edits apart.
[[nodiscard]] double misspelling_bits(const Words& words, std::uint32_t asked,
                                      std::uint32_t registered, int edits);

/// The bits for and against that two names are of one organisation.
/// \param asked, registered ids of the words of each name, in order; at most 16 are looked at
[[nodiscard]] NameEvidence name_evidence(const Words& words, std::span<const std::uint32_t> asked,
                                         std::span<const std::uint32_t> registered);

/// The bits that the nearness of two postcodes says for a relative of the organisation (a sister
/// company, a namesake) rather than for the organisation itself.
[[nodiscard]] double relative_place_bits(Nearness nearness);

/// The bits that the nearness of two postcodes says.
/// \param registered the firm's postcode
/// \param population number of organisations in all the places together
[[nodiscard]] double place_bits(const PostcodePlaces& places, std::uint32_t asked,
                                std::uint32_t registered, double population);

} // namespace icmap::link
