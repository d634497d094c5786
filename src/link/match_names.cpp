#include "link/match_names.hpp"

#include "base/parallel.hpp"
#include "link/candidates.hpp"
#include "link/name_index.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>
#include <tuple>

namespace icmap::link {
namespace {

// All in bits; docs/methods/linkage.md says where they come from.

/// Two companies may not bear the same name (Companies Act 2006, section 66): a name with its legal
/// form that is equal to one of the register is that company's some 16 times as often as chance has
/// it.
constexpr double kSameLegalNameBits = 4.0;
/// An equal name that one entity alone bears counts at least so much beside the prior odds, however
/// common its words; where the record gives no address to doubt it, more.
constexpr double kOnlyBearerBits = 2.3;
constexpr double kOnlyBearerNoAddressBits = 4.0;
/// A spelling with words joined or split.
constexpr double kOtherSpellingBits = 1.0;
constexpr double kFormerNameBits = 1.0;
/// The firm did not exist when the record says that it acted, give or take a year.
constexpr double kWrongTimeBits = 5.0;
constexpr std::int32_t kDaysOfGrace = 366;
constexpr std::size_t kMostCandidates = 3;
/// So sure that more says nothing more; keeps the sums finite.
constexpr double kMostBits = 100.0;

// Relatives: organisations that are not on the register, but have the name of one that is, or one
// made of the same words: sister companies, branches, namesakes.

/// So many of the organisations that are not on the register are relatives of one that is: of 35 in
/// South Yorkshire two (docs/methods/linkage.md).
constexpr double kRelativesShare = 0.1;
/// How much less often a relative bears the very name than the organisation itself: hardly, where
/// the record names the legal form.
constexpr double kRelativeSameLegalNameBits = 4.0;
constexpr double kRelativeSameNameBits = 2.0;
/// What a word that only one of the names has says of relatives, beside chance: any other word,
/// they have it no more often than anybody; weak ones more often, those of groups most.
constexpr double kRelativeWordBits = -2.0;
constexpr double kRelativeWeakWordBits = 0.5;
constexpr double kRelativeGroupWordBits = 1.5;
/// The record names a legal form, and the names differ in a word that tells companies of a group
/// apart: it is one of the others, but for one record in 16.
constexpr double kGroupWordBits = 4.0;
/// The record names another legal form than the register has, once in 32 records; relatives have
/// another as often as anybody.
constexpr double kOtherFormBits = 2.0;

/// One entity that may be meant.
struct Scored {
    std::uint32_t entity = 0;
    double bits = 0.0;
    /// How much likelier all this is of a relative that is not on the register, before the odds of
    /// there being one.
    double relative_bits = 0.0;
    MatchMethod method = MatchMethod::none;
};

/// What is known before anything is compared.
struct Prior {
    double bits = 0.0;       ///< log2 of the odds of any one entity against none
    double coverage = 1.0;   ///< share of such mentions' districts in which the register has firms
    double population = 1.0; ///< organisations where such mentions are: entities per coverage
    double relative_bits =
        0.0; ///< log2 of the odds of a relative off the register against one on it
};

double same_name_bits(bool has_form) {
    return has_form ? kRelativeSameLegalNameBits : kRelativeSameNameBits;
}

Prior prior_of(double on_register, double coverage, double entities) {
    const double odds = on_register / (1.0 - on_register);
    return {std::log2(odds / entities), coverage, entities / coverage,
            std::log2(kRelativesShare / odds)};
}

/// What all mentions are compared against.
struct Setting {
    const Register& registered;
    const Mentions& mentions;
    const MatchOptions& options;
    const NameIndex& index;
    Prior covered;   ///< for mentions in a postcode district in which the register has firms
    Prior elsewhere; ///< for all others
    [[nodiscard]] const Prior& prior(std::size_t mention) const {
        const std::uint32_t postcode = mentions.postcode[mention];
        return registered.places.firms(postcode, Nearness::district) > 0 ? covered : elsewhere;
    }
};

/// Compares one mention after the other; each thread has one.
class Comparison {
  public:
    explicit Comparison(const Setting& setting) : setting_(&setting), search_(setting.index) {}

    /// The entities that may be meant, likeliest first, ties to the lowest.
    const std::vector<Scored>& compare(std::size_t mention);

  private:
    [[nodiscard]] std::optional<Scored> score(std::size_t mention, std::uint32_t name,
                                              bool has_namesakes) const;
    [[nodiscard]] std::pair<Nearness, double> nearest_place(std::size_t mention,
                                                            std::uint32_t entity) const;
    [[nodiscard]] Scored equal_name(std::size_t mention, std::uint32_t name,
                                    bool has_namesakes) const;
    [[nodiscard]] std::optional<Scored> like_name(std::size_t mention, std::uint32_t name) const;
    [[nodiscard]] bool has_other_form(std::size_t mention, std::uint32_t name) const;
    [[nodiscard]] bool is_wrong_time(std::size_t mention, std::uint32_t entity) const;

    const Setting* setting_;
    CandidateSearch search_;
    std::vector<Scored> scored_;
};

std::pair<Nearness, double> Comparison::nearest_place(std::size_t mention,
                                                      std::uint32_t entity) const {
    const Register& registered = setting_->registered;
    const std::uint32_t postcode = setting_->mentions.postcode[mention];
    const double population = setting_->prior(mention).population;
    std::pair<Nearness, double> best{Nearness::unknown, 0.0};
    for (std::size_t k = registered.first_place[entity]; k < registered.first_place[entity + 1];
         ++k) {
        const std::uint32_t there = registered.postcodes[k];
        const double bits = place_bits(registered.places, postcode, there, population);
        if (best.first == Nearness::unknown || bits > best.second) {
            best = {registered.places.nearness(postcode, there), bits};
        }
    }
    return best;
}

/// The record names another legal form than the registered name has.
bool Comparison::has_other_form(std::size_t mention, std::uint32_t name) const {
    const names::LegalForm asked = setting_->mentions.form[mention];
    const names::LegalForm registered = setting_->registered.form[name];
    return asked != names::LegalForm::unknown && registered != names::LegalForm::unknown &&
           asked != registered;
}

Scored Comparison::equal_name(std::size_t mention, std::uint32_t name, bool has_namesakes) const {
    const NameIndex& index = setting_->index;
    const auto words = index.key_words[index.key_of[mention]];
    const Prior& prior = setting_->prior(mention);
    const bool has_form =
        setting_->mentions.has_form[mention] != 0 && !has_other_form(mention, name);
    Scored scored;
    scored.bits = name_evidence(index.words, words, words).bits +
                  (has_form ? kSameLegalNameBits : 0.0) + prior.bits;
    if (!has_namesakes) {
        const bool has_address = setting_->mentions.postcode[mention] != kNoPlace;
        const double least = (has_address ? kOnlyBearerBits : kOnlyBearerNoAddressBits) +
                             (has_form ? 0.0 : std::log2(prior.coverage));
        scored.bits = std::max(scored.bits, least);
    }
    scored.relative_bits = -same_name_bits(has_form);
    return scored;
}

/// How much likelier these differences are of a relative than of the organisation itself.
double relative_name_bits(const NameEvidence& evidence, bool has_form) {
    if (evidence.missing_bits <= 0.0) {
        return -same_name_bits(has_form);
    }
    return evidence.missing_bits + (evidence.words_apart > 0 ? kRelativeWordBits : 0.0) +
           (evidence.group_words_apart > 0  ? kRelativeGroupWordBits
            : evidence.weak_words_apart > 0 ? kRelativeWeakWordBits
                                            : 0.0);
}

/// The names are not equal: what they have in common and what they have not.
std::optional<Scored> Comparison::like_name(std::size_t mention, std::uint32_t name) const {
    const NameIndex& index = setting_->index;
    const std::uint32_t key = index.key_of[mention];
    const auto registered = index.name_words[name];
    NameEvidence evidence = name_evidence(index.words, index.key_words[key], registered);
    if (!index.other_words[key].empty()) {
        NameEvidence other = name_evidence(index.words, index.other_words[key], registered);
        other.bits -= kOtherSpellingBits;
        evidence = other.bits > evidence.bits ? other : evidence;
    }
    // A part or a company of a university is not the university.
    const bool is_institution = setting_->registered.entity[name] >= setting_->registered.firms;
    const bool has_form = setting_->mentions.has_form[mention] != 0;
    const double group_bits = has_form && evidence.group_words_apart > 0 ? kGroupWordBits : 0.0;
    evidence.bits -= group_bits;
    if (evidence.bits <= 0.0 || (is_institution && evidence.words_apart > 0)) {
        return std::nullopt;
    }
    Scored scored;
    scored.method = MatchMethod::fuzzy;
    scored.bits = evidence.bits + setting_->prior(mention).bits;
    scored.relative_bits = group_bits + relative_name_bits(evidence, has_form);
    return scored;
}

bool Comparison::is_wrong_time(std::size_t mention, std::uint32_t entity) const {
    const std::int32_t born = setting_->registered.born_day[entity];
    const std::int32_t gone = setting_->registered.gone_day[entity];
    const std::int32_t first = setting_->mentions.first_day[mention];
    const std::int32_t last = setting_->mentions.last_day[mention];
    const bool too_young = born != kNoDay && last != kNoDay && born > last + kDaysOfGrace;
    const bool too_old = gone != kNoDay && first != kNoDay && gone < first - kDaysOfGrace;
    return too_young || too_old;
}

std::optional<Scored> Comparison::score(std::size_t mention, std::uint32_t name,
                                        bool has_namesakes) const {
    const Register& registered = setting_->registered;
    const NameIndex& index = setting_->index;
    const std::uint32_t key = index.key_of[mention];
    const std::uint32_t entity = registered.entity[name];
    const auto equal = index.equal_names[key];
    Scored scored;
    const bool is_equal = std::binary_search(equal.begin(), equal.end(), name);
    if (is_equal) {
        scored = equal_name(mention, name, has_namesakes);
    } else if (const auto like = like_name(mention, name)) {
        scored = *like;
    } else {
        return std::nullopt;
    }
    const auto [nearness, place] = nearest_place(mention, entity);
    if (is_equal) {
        scored.method =
            nearness == Nearness::unit ? MatchMethod::name_and_postcode : MatchMethod::name;
    }
    scored.entity = entity;
    scored.bits += place - (registered.is_former[name] != 0 ? kFormerNameBits : 0.0) -
                   (is_wrong_time(mention, entity) ? kWrongTimeBits : 0.0);
    scored.relative_bits += relative_place_bits(nearness) + setting_->prior(mention).relative_bits;
    if (has_other_form(mention, name)) {
        scored.bits -= kOtherFormBits;
        scored.relative_bits += kOtherFormBits;
    }
    return scored;
}

const std::vector<Scored>& Comparison::compare(std::size_t mention) {
    scored_.clear();
    const Register& registered = setting_->registered;
    const std::uint32_t key = setting_->index.key_of[mention];
    const auto equal = setting_->index.equal_names[key];
    const bool has_namesakes = std::any_of(equal.begin(), equal.end(), [&](std::uint32_t name) {
        return registered.entity[name] != registered.entity[equal.front()];
    });
    for (const std::uint32_t name : search_.find(key, setting_->mentions.postcode[mention])) {
        const auto scored = score(mention, name, has_namesakes);
        if (!scored) {
            continue;
        }
        // Names of one entity stand side by side: the likeliest speaks for it.
        if (!scored_.empty() && scored_.back().entity == scored->entity) {
            if (scored->bits > scored_.back().bits) {
                scored_.back() = *scored;
            }
        } else {
            scored_.push_back(*scored);
        }
    }
    std::sort(scored_.begin(), scored_.end(), [](const Scored& a, const Scored& b) {
        return a.bits != b.bits ? a.bits > b.bits : a.entity < b.entity;
    });
    return scored_;
}

/// The probability of each, against all others, against none of them, and against a relative of the
/// likeliest that is not on the register.
void decide(const std::vector<Scored>& scored, std::uint32_t mention, const MatchOptions& options,
            Match& link, std::vector<Candidate>& candidates) {
    double sum = 1.0; // the odds of none of them, against which all bits are counted
    for (const Scored& one : scored) {
        sum += std::exp2(std::min(one.bits, kMostBits));
    }
    if (!scored.empty()) {
        sum += std::exp2(std::min(scored.front().bits, kMostBits) + scored.front().relative_bits);
    }
    for (std::size_t i = 0; i < std::min(scored.size(), kMostCandidates); ++i) {
        const double probability = std::exp2(std::min(scored[i].bits, kMostBits)) / sum;
        const Match match{scored[i].entity, scored[i].method, probability};
        if (i == 0 && probability >= options.threshold) {
            link = match;
            return;
        }
        if (probability >= options.candidate_threshold) {
            candidates.push_back({mention, match});
        }
    }
}

/// The share of the mentions' postcode districts in which the register has a firm; 1 where no
/// mention has a postcode. A register of one region holds few of the organisations that records of
/// the whole country name.
double district_coverage(const Register& registered, const Mentions& mentions) {
    std::uint64_t known = 0;
    std::uint64_t covered = 0;
    for (const std::uint32_t postcode : mentions.postcode) {
        if (postcode != kNoPlace) {
            ++known;
            covered += registered.places.firms(postcode, Nearness::district) > 0 ? 1U : 0U;
        }
    }
    constexpr double kLeastShare = 0.01;
    return known == 0
               ? 1.0
               : std::max(kLeastShare, static_cast<double>(covered) / static_cast<double>(known));
}

} // namespace

std::string_view to_text(MatchMethod method) {
    switch (method) {
    case MatchMethod::name_and_postcode:
        return "name_and_postcode";
    case MatchMethod::name:
        return "name";
    case MatchMethod::fuzzy:
        return "fuzzy";
    case MatchMethod::none:
        break;
    }
    return "none";
}

Matches match_names(const Register& registered, const Mentions& mentions,
                    const MatchOptions& options, const WordWeights& weight) {
    // Of the organisations that records name, where the register has firms, so many are on it: the
    // others are public bodies, charities, sole traders, foreign, or gone.
    constexpr double kOnCompleteRegister = 0.85;
    Matches matches;
    matches.links.resize(mentions.keys.size());
    const double coverage = district_coverage(registered, mentions);
    matches.on_register =
        options.on_register > 0.0 ? options.on_register : kOnCompleteRegister * coverage;
    if (mentions.keys.size() == 0 || registered.names.size() == 0) {
        return matches;
    }
    const double entities = static_cast<double>(registered.born_day.size());
    const double on_register_here =
        options.on_register > 0.0 ? options.on_register : kOnCompleteRegister;
    const NameIndex index = index_names(registered, mentions, options, weight);
    const Setting setting{registered,
                          mentions,
                          options,
                          index,
                          prior_of(on_register_here, 1.0, entities),
                          prior_of(matches.on_register, coverage, entities)};
    std::mutex guard;
    parallel_ranges(mentions.keys.size(), 512, [&](std::size_t begin, std::size_t end) {
        Comparison comparison(setting);
        std::vector<Candidate> candidates;
        for (std::size_t i = begin; i < end; ++i) {
            decide(comparison.compare(i), static_cast<std::uint32_t>(i), options, matches.links[i],
                   candidates);
        }
        const std::lock_guard lock(guard);
        matches.candidates.insert(matches.candidates.end(), candidates.begin(), candidates.end());
    });
    // The parts came in any order; within a mention the likeliest came first and must stay so.
    std::stable_sort(matches.candidates.begin(), matches.candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.mention < b.mention; });
    return matches;
}

} // namespace icmap::link
