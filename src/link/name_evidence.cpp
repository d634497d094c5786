#include "link/name_evidence.hpp"

#include "link/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace icmap::link {
namespace {

constexpr std::size_t kMostWords = 16;

// A word that no name of the register has, near one that some have. Records of all organisations
// are misspelt alike, so a misspelling says as much as the word it stands for, less what a new word
// says that happens to be near: the shorter, the likelier.
constexpr double kNewShortWord = 4.0;  // below 6 letters
constexpr double kNewMiddleWord = 1.5; // below 8
constexpr double kNewLongWord = 0.5;
constexpr double kSecondEdit = 2.0;
// A word of the register that stands for another of the register is seldom a misspelling: some 300
// misspellings of a word exist, and one record in 16 has one (log2(16 x 300) = 12).
constexpr double kKnownWord = 12.0;
// A word shortened to its beginning (TECHNOL for TECHNOLOGY), once in 16 records.
constexpr double kPrefixBits = 4.0;
// Two words that cannot be one.
constexpr double kNotAlike = -1000.0;
// What a word says against, that only one of the names has: half of what it says for, at least 1
// and at most 6 bits (the other name left it out once in 64 times); a number always 6 (Unit 2 is
// not Unit 3); a weak word next to nothing.
constexpr double kMissingShare = 0.5;
constexpr double kMissingLeast = 1.0;
constexpr double kMissingMost = 6.0;
constexpr double kWeakMissing = 0.7;
constexpr double kWeakAgree = 1.0;
// The words are there, in another order.
constexpr double kOrderBits = 1.0;

} // namespace

double agreement_bits(const Words& words, std::uint32_t word) {
    return words.weight[word] != WordWeight::full
               ? std::min(kWeakAgree, static_cast<double>(words.bits[word]))
               : static_cast<double>(words.bits[word]);
}

double missing_bits(const Words& words, std::uint32_t word) {
    if (words.has_digit[word] != 0) {
        return kMissingMost;
    }
    if (words.weight[word] != WordWeight::full) {
        return kWeakMissing;
    }
    return std::clamp(kMissingShare * static_cast<double>(words.bits[word]), kMissingLeast,
                      kMissingMost);
}

double misspelling_bits(const Words& words, std::uint32_t asked, std::uint32_t registered,
                        int edits) {
    if (words.names[asked] > 0) {
        return agreement_bits(words, asked) - kKnownWord;
    }
    const std::size_t length = words.table.word(registered).size();
    const double doubt = length < 6 ? kNewShortWord : length < 8 ? kNewMiddleWord : kNewLongWord;
    return agreement_bits(words, registered) - doubt - (edits > 1 ? kSecondEdit : 0.0);
}

namespace {

/// The bits of two different words taken for one; kNotAlike where they cannot be.
double likeness(const Words& words, std::uint32_t asked, std::uint32_t registered) {
    if (words.has_digit[asked] != 0 || words.has_digit[registered] != 0) {
        return kNotAlike;
    }
    const std::string_view a = words.table.word(asked);
    const std::string_view b = words.table.word(registered);
    const int limit = allowed_edits(a, b);
    // An edit changes two of the letters a word has, at most: most pairs need no closer look.
    const int letters_apart = std::popcount(words.letters[asked] ^ words.letters[registered]);
    const int edits =
        limit == 0 || letters_apart > 2 * limit ? limit + 1 : edit_distance(a, b, limit);
    double bits = edits <= limit ? misspelling_bits(words, asked, registered, edits) : kNotAlike;
    if (std::min(a.size(), b.size()) >= 4 && (a.starts_with(b) || b.starts_with(a))) {
        bits = std::max(bits,
                        std::min(agreement_bits(words, asked), agreement_bits(words, registered)) -
                            kPrefixBits);
    }
    return bits;
}

using Flags = std::array<bool, kMostWords>;

/// \returns true if the words met stand in the same order in both names
bool meet_equal_words(const Words& words, std::span<const std::uint32_t> asked,
                      std::span<const std::uint32_t> registered, Flags& asked_is_met,
                      Flags& registered_is_met, NameEvidence& evidence) {
    bool in_order = true;
    std::size_t last = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        for (std::size_t j = 0; j < registered.size(); ++j) {
            if (!registered_is_met[j] && asked[i] == registered[j]) {
                asked_is_met[i] = registered_is_met[j] = true;
                evidence.bits += agreement_bits(words, asked[i]);
                in_order = in_order && j >= last;
                last = j;
                break;
            }
        }
    }
    return in_order;
}

void meet_like_words(const Words& words, std::span<const std::uint32_t> asked,
                     std::span<const std::uint32_t> registered, Flags& asked_is_met,
                     Flags& registered_is_met, NameEvidence& evidence) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
        double best = kNotAlike;
        std::size_t met = registered.size();
        for (std::size_t j = 0; j < registered.size() && !asked_is_met[i]; ++j) {
            const double like =
                registered_is_met[j] ? kNotAlike : likeness(words, asked[i], registered[j]);
            // Otherwise each name has a word that the other lacks.
            const double apart =
                -missing_bits(words, asked[i]) - missing_bits(words, registered[j]);
            if (like > best && like > apart) {
                best = like;
                met = j;
            }
        }
        if (met < registered.size()) {
            asked_is_met[i] = registered_is_met[met] = true;
            evidence.bits += best;
        }
    }
}

void count_missing(const Words& words, std::span<const std::uint32_t> name, const Flags& is_met,
                   NameEvidence& evidence) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!is_met[i]) {
            evidence.missing_bits += missing_bits(words, name[i]);
            evidence.words_apart += words.weight[name[i]] == WordWeight::full ? 1U : 0U;
            evidence.weak_words_apart += words.weight[name[i]] != WordWeight::full ? 1U : 0U;
            evidence.group_words_apart += words.weight[name[i]] == WordWeight::group ? 1U : 0U;
        }
    }
}

} // namespace

NameEvidence name_evidence(const Words& words, std::span<const std::uint32_t> asked,
                           std::span<const std::uint32_t> registered) {
    asked = asked.first(std::min(asked.size(), kMostWords));
    registered = registered.first(std::min(registered.size(), kMostWords));
    Flags asked_is_met{};
    Flags registered_is_met{};
    NameEvidence evidence;
    const bool in_order =
        meet_equal_words(words, asked, registered, asked_is_met, registered_is_met, evidence);
    meet_like_words(words, asked, registered, asked_is_met, registered_is_met, evidence);
    count_missing(words, asked, asked_is_met, evidence);
    count_missing(words, registered, registered_is_met, evidence);
    evidence.bits -= evidence.missing_bits + (in_order ? 0.0 : kOrderBits);
    return evidence;
}

double relative_place_bits(Nearness nearness) {
    // Relatives share an address less often than an organisation has its own, and lie elsewhere
    // more often: 0.30, 0.05, 0.07, 0.12 and 0.46, beside the shares of place_bits.
    constexpr std::array<double, kNearnessLevels + 1> kTimes{0.30 / 0.55, 0.05 / 0.06, 0.07 / 0.08,
                                                             0.12 / 0.12, 0.46 / 0.19};
    return nearness == Nearness::unknown ? 0.0
                                         : std::log2(kTimes.at(static_cast<std::size_t>(nearness)));
}

double place_bits(const PostcodePlaces& places, std::uint32_t asked, std::uint32_t registered,
                  double population) {
    // How often the address a record gives is that near to the registered office of its firm. Firms
    // register at home, at their accountant's, in another town. Measured on the South Yorkshire
    // participations that name a firm of the register by its exact name (docs/methods/linkage.md).
    constexpr std::array<double, kNearnessLevels> kShare{0.55, 0.06, 0.08, 0.12};
    constexpr double kElsewhereShare = 0.19;
    const Nearness near = places.nearness(asked, registered);
    if (near == Nearness::unknown) {
        return 0.0;
    }
    if (near == Nearness::elsewhere) {
        return std::log2(kElsewhereShare);
    }
    const double firms = std::max(1.0, static_cast<double>(places.firms(registered, near)));
    const double share = kShare.at(static_cast<std::size_t>(near));
    return std::log2(share * std::max(population, firms) / firms);
}

} // namespace icmap::link
