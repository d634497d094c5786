#pragma once

#include "link/postcode_places.hpp"
#include "link/text_list.hpp"
#include "link/word_weight.hpp"
#include "names/legal_form.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace icmap::link {

inline constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint32_t kNoEntity = 0xFFFFFFFFU;

/// The firms and institutions that a name may mean. Entities count from 0: the firms, then the
/// institutions.
struct Register {
    std::uint32_t firms = 0; ///< entities below are firms
    TextList names;          ///< keys (names::NameRules), the names of one entity side by side
    std::vector<std::uint32_t> entity;    ///< by name, ascending
    std::vector<std::uint8_t> is_former;  ///< by name
    std::vector<names::LegalForm> form;   ///< by name
    std::vector<std::int32_t> born_day;   ///< by entity, days since 1970; kNoDay: not known
    std::vector<std::int32_t> gone_day;   ///< by entity
    PostcodePlaces places;                ///< of firms' postcodes, each counted once a firm
    std::vector<std::size_t> first_place; ///< by entity, and one more: start in `postcodes`
    std::vector<std::uint32_t> postcodes; ///< numbers of `places`
};

/// What records say of an organisation.
struct Mentions {
    TextList keys;                       ///< (names::NameRules)
    std::vector<std::uint32_t> postcode; ///< number of Register::places; kNoPlace: not known
    std::vector<std::uint8_t> has_form;  ///< the name says what kind of company it is
    std::vector<names::LegalForm> form;  ///< which kind, where its end says so
    std::vector<std::int32_t> first_day; ///< of its records; kNoDay: not known
    std::vector<std::int32_t> last_day;
};

enum class MatchMethod : std::uint8_t { none, name_and_postcode, name, fuzzy };
[[nodiscard]] std::string_view to_text(MatchMethod method);

struct Match {
    std::uint32_t entity = kNoEntity;
    MatchMethod method = MatchMethod::none;
    double score = 0.0; ///< probability that the mention means this entity, 0–1
    friend bool operator==(const Match&, const Match&) = default;
};

struct Candidate {
    std::uint32_t mention = 0;
    Match match;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct MatchOptions {
    double threshold = 0.9;           ///< from here on it is a link; inclusive
    double candidate_threshold = 0.2; ///< from here on it is worth a look; inclusive
    /// Share of the mentions whose organisation is on the register, before anything is compared; in
    /// (0, 1); 0: estimated.
    double on_register = 0.0;
    bool fuzzy = true; ///< false: names must be equal
};

struct Matches {
    std::vector<Match> links;          ///< by mention; method none where there is no link
    std::vector<Candidate> candidates; ///< of mentions without a link, best first, at most 3 each
    double on_register = 0.0;          ///< as given or estimated
};

/// Finds the entity behind each mention, by name and postcode.
///
/// The score is a probability: the odds that a mention means an entity before anything is compared,
/// times what the names say word by word (rare words say more), times what the postcodes say,
/// against every other entity that might be meant, against none of them, and against a relative of
/// the likeliest that is not on the register (a sister company, a namesake). Ties go to the lowest
/// entity. The same mentions and register give the same matches, whatever the thread count.
///
/// \param weight of words by themselves (standard_weight)
/// \complexity about linear in the names of the register plus the mentions; memory some 70 bytes a
///             registered name beside the names
[[nodiscard]] Matches match_names(const Register& registered, const Mentions& mentions,
                                  const MatchOptions& options, const WordWeights& weight);

} // namespace icmap::link
