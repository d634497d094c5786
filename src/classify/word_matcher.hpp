#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::classify {

/// A term found in a text: which one, and the words that matched, lower case.
struct TermHit {
    std::uint32_t term = 0;
    std::string_view words; ///< borrowed from the scratch space, until the next search
};

/// Finds many phrases in a text in one pass. A text is cut into words: runs of ASCII letters and
/// digits (any other byte but an apostrophe ends a word; bytes above 127 belong to a word and match
/// nothing), compared without case. A phrase matches whole words in a row; a word of a phrase that
/// ends in * matches every word that begins so. "AIRCON" therefore has no "ai".
class WordMatcher {
  public:
    /// What a search needs to write to; one a thread.
    struct Scratch {
        std::string text;                                            ///< words, one space between
        std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  ///< begin, end in text
        std::vector<std::pair<std::uint32_t, std::uint32_t>> states; ///< node, first word
        std::vector<std::pair<std::uint32_t, std::uint32_t>> next_states;
        std::vector<TermHit> hits;
    };

    WordMatcher();
    /// Adds a phrase; returns its number, the same for the same phrase.
    std::uint32_t add(std::string_view phrase);
    /// The distinct terms of `text`, by term, each with its first match.
    /// \complexity linear in the text for the phrases in use
    std::span<const TermHit> find(std::string_view text, Scratch& scratch) const;
    [[nodiscard]] std::size_t term_count() const { return terms_; }

    /// Whether a phrase can match at all: ASCII letters and digits, * only at the end of a word
    /// of at least three letters.
    [[nodiscard]] static bool is_phrase(std::string_view phrase);

  private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    static constexpr std::size_t kLetters = 36;
    struct LetterNode { // a trie over the letters of words
        std::array<std::uint32_t, kLetters> child;
        std::uint32_t whole = kNone;  ///< symbol of the word that ends here
        std::uint32_t prefix = kNone; ///< symbol of the word* that ends here
    };
    struct PhraseNode { // a trie over the symbols of phrases
        std::vector<std::pair<std::uint32_t, std::uint32_t>> children; ///< symbol, node
        std::uint32_t term = kNone;
    };
    std::uint32_t symbol_of(std::string_view word);
    [[nodiscard]] std::uint32_t step(std::uint32_t node, std::uint32_t symbol) const;
    std::size_t symbols_of(std::string_view word, std::array<std::uint32_t, 16>& symbols) const;

    std::vector<LetterNode> letters_;
    std::vector<PhraseNode> phrases_;
    std::vector<std::uint32_t> first_; ///< by symbol: the child of the root, or kNone
    std::uint32_t symbol_count_ = 0;
    std::uint32_t terms_ = 0;
};

} // namespace icmap::classify
