#pragma once

#include "classify/taxonomy.hpp"
#include "classify/word_matcher.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::classify {

/// What a text says for one sector.
struct Verdict {
    std::uint32_t sector = 0; ///< index into Definitions::sectors
    double score = 0.0;       ///< strengths of the distinct words, times the weight of the field
    std::string words;        ///< the words found, as in the text, at most three
};

/// The word rules of all sectors, ready to judge texts. Holds a reference to the definitions.
class WordRules {
  public:
    explicit WordRules(const Definitions& definitions);

    struct Scratch;
    /// \param sic_codes the firm's codes, one space between; empty for projects and patents
    /// \param verdicts receives one entry a sector spoken for, by sector
    void judge(std::string_view text, Field field, std::string_view sic_codes, Scratch& scratch,
               std::vector<Verdict>& verdicts) const;
    /// Whether any sector has words at all.
    [[nodiscard]] bool empty() const { return matcher_.term_count() == 0; }

  private:
    enum class Role : std::uint8_t { excludes, any, context };
    struct Use { // one occurrence of a term in the rules
        std::uint32_t sector = 0;
        std::uint32_t rule = 0;
        Role role = Role::any;
    };
    struct Found { // a use of a term that the text has
        Use use;
        std::uint32_t hit = 0;
    };

  public:
    struct Scratch {
        WordMatcher::Scratch matcher;
        std::vector<Found> found;
        std::vector<double> strengths; ///< by hit
    };

  private:
    void add(const std::vector<std::string>& phrases, Use use);
    void judge_sector(std::span<const Found> found, std::span<const TermHit> hits, Field field,
                      std::string_view sic_codes, Scratch& scratch,
                      std::vector<Verdict>& verdicts) const;

    const Definitions& definitions_;
    WordMatcher matcher_;
    std::vector<std::vector<Use>> uses_; ///< by term
};

} // namespace icmap::classify
