#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icmap::serve {

/// Something found by its name.
struct Match {
    std::uint32_t item = 0; ///< as given to Builder::add
    double score = 0.0;     ///< 0–1: how well the words fit, and a fifth how important it is
};

/// Finds names by some of their words, by beginnings of words, and in spite of typing errors.
///
/// Every word asked for must occur: as it is, as the beginning of a word, or, where too little is
/// found so, with one letter wrong (words of 4 letters or more) or two (8 or more). Where nothing
/// has all words, one may be missing. Immutable; any number of threads may ask at once.
class SearchIndex {
  public:
    class Builder {
      public:
        /// \param importance 0–1
        void add(std::uint32_t item, double importance, std::string_view name);
        [[nodiscard]] SearchIndex finish() &&;

      private:
        std::unordered_map<std::string, std::uint32_t> token_of_;
        std::vector<std::uint32_t> items_;
        std::vector<float> importance_;
        std::vector<std::uint32_t> first_{0}; ///< entry -> its tokens
        std::vector<std::uint32_t> tokens_;
    };

    /// The `limit` best matches, best first, ties by importance and then by order of adding.
    /// \complexity bounded: however common the words, at most some 200,000 names are looked at
    [[nodiscard]] std::vector<Match> find(std::string_view query, std::size_t limit) const;

    [[nodiscard]] std::size_t size() const { return items_.size(); }

  private:
    /// The words of the index that a word of the query stands for.
    struct Word {
        std::uint32_t exact = kNone;
        std::uint32_t begin = 0, end = 0; ///< tokens that begin with it
        std::size_t length = 0;
        std::vector<std::pair<std::uint32_t, float>> similar; ///< token and quality, by token
        std::size_t names = 0;                                ///< at most, that hold one of them
    };
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

    [[nodiscard]] std::string_view token(std::uint32_t i) const;
    [[nodiscard]] Word look_up(std::string_view word) const;
    void add_similar(std::string_view word, Word& found) const;
    [[nodiscard]] double quality(const Word& word, std::uint32_t token) const;
    [[nodiscard]] double score(std::span<const Word> words, std::uint32_t entry) const;
    [[nodiscard]] std::vector<std::uint32_t> candidates(const Word& word) const;
    [[nodiscard]] std::vector<Match> best(std::span<const Word> words, std::size_t limit) const;
    [[nodiscard]] std::vector<Match> without_one(std::span<const Word> words,
                                                 std::size_t limit) const;
    void index_trigrams();

    std::string letters_;                     ///< all tokens, sorted, one after the other
    std::vector<std::uint32_t> token_first_;  ///< token -> letters
    std::vector<std::uint32_t> names_first_;  ///< token -> names_
    std::vector<std::uint32_t> names_;        ///< entries that hold a token, most important first
    std::vector<std::uint32_t> tokens_first_; ///< entry -> tokens_
    std::vector<std::uint32_t> tokens_;
    std::vector<std::uint32_t> items_; ///< entries are numbered by importance
    std::vector<float> importance_;
    std::vector<std::uint32_t> trigram_first_; ///< trigram -> trigram_tokens_
    std::vector<std::uint32_t> trigram_tokens_;
};

} // namespace icmap::serve
