#pragma once

#include "link/match_names.hpp"
#include "link/name_evidence.hpp"
#include "link/near_words.hpp"

#include <memory>
#include <span>
#include <vector>

namespace icmap::link {

/// Lists of numbers by number: list i is values[first[i] … first[i + 1]).
struct Lists {
    std::vector<std::size_t> first{0};
    std::vector<std::uint32_t> values;
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t i) const {
        return std::span(values).subspan(first[i], first[i + 1] - first[i]);
    }
    [[nodiscard]] std::size_t size() const { return first.size() - 1; }
    void end_list() { first.push_back(values.size()); }
};

/// The names of a register, ready to be searched for the words of some mentions: only what those
/// can reach is indexed.
struct NameIndex {
    Words words;
    Lists name_words; ///< by registered name

    WordTable keys;                    ///< the distinct names asked for
    std::vector<std::uint32_t> key_of; ///< by mention
    Lists key_words;                   ///< by key: the words of the name asked for
    Lists other_words;                 ///< by key: those with two words joined or one split, if any
    Lists equal_names;                 ///< by key: registered names that are equal
    std::vector<std::uint32_t> near_slot; ///< by word: index into `near`, kNoWord: none
    std::unique_ptr<NearWords> near;

    Lists names_with; ///< by word: registered names, for words that were asked for and are rare
    Lists names_at;   ///< by postcode: registered names, for postcodes that were asked for
};

/// A word in more names than this leads nowhere: it is not looked up.
inline constexpr std::uint32_t kMostNamesOfWord = 6000;
/// A postcode with more names than this (a registration address) is not looked through.
inline constexpr std::uint32_t kMostNamesAtPostcode = 400;

[[nodiscard]] NameIndex index_names(const Register& registered, const Mentions& mentions,
                                    const MatchOptions& options, const WordWeights& weight);

} // namespace icmap::link
