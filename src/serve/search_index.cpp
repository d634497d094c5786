#include "serve/search_index.hpp"

#include "serve/fold.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <unordered_set>

namespace icmap::serve {
namespace {

constexpr std::size_t kMostCandidates = 200'000;
constexpr std::size_t kAlphabet = 38; ///< edge, a–z, 0–9, anything else
constexpr std::size_t kTrigrams = kAlphabet * kAlphabet * kAlphabet;

/// Legal forms say nothing; they are left out of a name that has other words.
bool is_legal_form(std::string_view word) {
    constexpr std::array<std::string_view, 6> kForms{"ltd", "limited", "plc", "llp", "the", "cic"};
    return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
}

std::vector<std::string_view> telling_words(std::string_view folded) {
    std::vector<std::string_view> all = words(folded);
    std::vector<std::string_view> telling;
    std::copy_if(all.begin(), all.end(), std::back_inserter(telling),
                 [](std::string_view word) { return !is_legal_form(word); });
    return telling.empty() ? all : telling;
}

std::size_t letter(char c) {
    if (c >= 'a' && c <= 'z') {
        return static_cast<std::size_t>(c - 'a') + 1;
    }
    if (c >= '0' && c <= '9') {
        return static_cast<std::size_t>(c - '0') + 27;
    }
    return kAlphabet - 1;
}

/// Calls `use` with the trigrams of a word, its start counted as a letter, its end not: a word that
/// is still being typed has the same ones.
template <class Use>
void each_trigram(std::string_view word, Use&& use) {
    std::size_t a = 0;
    std::size_t b = word.empty() ? 0 : letter(word[0]);
    for (std::size_t i = 1; i < word.size(); ++i) {
        const std::size_t c = letter(word[i]);
        use((a * kAlphabet + b) * kAlphabet + c);
        a = b;
        b = c;
    }
}

/// The least number of letters to insert, drop, change or swap with their neighbour that makes
/// `typed` the beginning of `word`; more than `most` is told as most + 1.
std::size_t prefix_distance(std::string_view typed, std::string_view word, std::size_t most) {
    const std::size_t columns = std::min(word.size(), typed.size() + most);
    std::array<std::vector<std::size_t>, 3> rows;
    rows.fill(std::vector<std::size_t>(columns + 1));
    std::iota(rows[0].begin(), rows[0].end(), std::size_t{0});
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i - 1) % 3];
        const auto& second = rows[(i + 1) % 3];
        row[0] = i;
        for (std::size_t j = 1; j <= columns; ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1,
                               above[j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) {
                row[j] = std::min(row[j], second[j - 2] + 1);
            }
        }
    }
    const auto& last = rows[typed.size() % 3];
    return std::min(most + 1, *std::min_element(last.begin(), last.end()));
}

} // namespace

void SearchIndex::Builder::add(std::uint32_t item, double importance, std::string_view name) {
    const std::string folded = fold(name);
    for (const std::string_view word : telling_words(folded)) {
        const auto next = static_cast<std::uint32_t>(token_of_.size());
        tokens_.push_back(token_of_.emplace(std::string(word), next).first->second);
    }
    items_.push_back(item);
    importance_.push_back(static_cast<float>(importance));
    first_.push_back(static_cast<std::uint32_t>(tokens_.size()));
}

SearchIndex SearchIndex::Builder::finish() && {
    SearchIndex index;
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted(token_of_.begin(),
                                                                   token_of_.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint32_t> renumbered(sorted.size());
    index.token_first_.push_back(0);
    for (std::uint32_t i = 0; i < sorted.size(); ++i) {
        renumbered[sorted[i].second] = i;
        index.letters_ += sorted[i].first;
        index.token_first_.push_back(static_cast<std::uint32_t>(index.letters_.size()));
    }
    std::vector<std::uint32_t> order(items_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
        return importance_[a] > importance_[b];
    });
    index.tokens_first_.push_back(0);
    index.names_first_.assign(sorted.size() + 1, 0);
    for (const std::uint32_t entry : order) {
        index.items_.push_back(items_[entry]);
        index.importance_.push_back(importance_[entry]);
        for (std::uint32_t i = first_[entry]; i < first_[entry + 1]; ++i) {
            const std::uint32_t token = renumbered[tokens_[i]];
            index.tokens_.push_back(token);
            ++index.names_first_[token + 1];
        }
        index.tokens_first_.push_back(static_cast<std::uint32_t>(index.tokens_.size()));
    }
    std::partial_sum(index.names_first_.begin(), index.names_first_.end(),
                     index.names_first_.begin());
    index.names_.resize(index.tokens_.size());
    std::vector<std::uint32_t> next(index.names_first_.begin(), index.names_first_.end() - 1);
    for (std::uint32_t entry = 0; entry < index.items_.size(); ++entry) {
        for (std::uint32_t i = index.tokens_first_[entry]; i < index.tokens_first_[entry + 1];
             ++i) {
            index.names_[next[index.tokens_[i]]++] = entry;
        }
    }
    index.index_trigrams();
    return index;
}

void SearchIndex::index_trigrams() {
    const auto count = static_cast<std::uint32_t>(token_first_.size() - 1);
    trigram_first_.assign(kTrigrams + 1, 0);
    for (std::uint32_t i = 0; i < count; ++i) {
        each_trigram(token(i), [this](std::size_t trigram) { ++trigram_first_[trigram + 1]; });
    }
    std::partial_sum(trigram_first_.begin(), trigram_first_.end(), trigram_first_.begin());
    trigram_tokens_.resize(trigram_first_.back());
    std::vector<std::uint32_t> next(trigram_first_.begin(), trigram_first_.end() - 1);
    for (std::uint32_t i = 0; i < count; ++i) {
        each_trigram(token(i), [&](std::size_t trigram) { trigram_tokens_[next[trigram]++] = i; });
    }
}

std::string_view SearchIndex::token(std::uint32_t i) const {
    return std::string_view(letters_).substr(token_first_[i],
                                             token_first_[i + 1] - token_first_[i]);
}

SearchIndex::Word SearchIndex::look_up(std::string_view word) const {
    const auto count = static_cast<std::uint32_t>(token_first_.size() - 1);
    // The first token at which `is_before` no longer holds.
    const auto first_not = [count](auto&& is_before) {
        std::uint32_t low = 0;
        std::uint32_t high = count;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (is_before(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    };
    Word found;
    found.length = word.size();
    found.begin = first_not([&](std::uint32_t i) { return token(i) < word; });
    found.end = first_not([&](std::uint32_t i) { return token(i).substr(0, word.size()) <= word; });
    if (found.begin < found.end && token(found.begin) == word) {
        found.exact = found.begin;
    }
    found.names = names_first_[found.end] - names_first_[found.begin];
    return found;
}

void SearchIndex::add_similar(std::string_view word, Word& found) const {
    if (word.size() < 4) {
        return;
    }
    const std::size_t most = word.size() < 8 ? 1 : 2;
    std::unordered_map<std::uint32_t, std::uint8_t> shared;
    std::size_t trigrams = 0;
    each_trigram(word, [&](std::size_t trigram) {
        ++trigrams;
        for (std::uint32_t i = trigram_first_[trigram]; i < trigram_first_[trigram + 1]; ++i) {
            ++shared[trigram_tokens_[i]];
        }
    });
    // One wrong letter spoils at most three trigrams, two swapped ones four.
    const std::size_t needed = trigrams > 4 * most ? trigrams - 4 * most : 1;
    for (const auto& [candidate, count] : shared) {
        if (count < needed || (candidate >= found.begin && candidate < found.end)) {
            continue;
        }
        const std::string_view text = token(candidate);
        const std::size_t distance = prefix_distance(word, text, most);
        if (distance <= most) {
            const double length = static_cast<double>(std::max(text.size(), word.size()));
            const double likeness = 1.0 - static_cast<double>(distance) / 5.0 -
                                    0.3 * (length - static_cast<double>(word.size())) / length;
            found.similar.emplace_back(candidate, static_cast<float>(0.9 * likeness));
            found.names += names_first_[candidate + 1] - names_first_[candidate];
        }
    }
    std::sort(found.similar.begin(), found.similar.end());
}

double SearchIndex::quality(const Word& word, std::uint32_t token) const {
    if (token == word.exact) {
        return 1.0;
    }
    if (token >= word.begin && token < word.end) {
        const double length = token_first_[token + 1] - token_first_[token];
        return 0.6 + 0.35 * static_cast<double>(word.length) / length;
    }
    const auto found =
        std::lower_bound(word.similar.begin(), word.similar.end(), std::pair(token, 0.0F));
    return found != word.similar.end() && found->first == token ? static_cast<double>(found->second)
                                                                : 0.0;
}

double SearchIndex::score(std::span<const Word> words, std::uint32_t entry) const {
    const auto tokens = std::span(tokens_).subspan(tokens_first_[entry],
                                                   tokens_first_[entry + 1] - tokens_first_[entry]);
    double sum = 0.0;
    for (const Word& word : words) {
        double best = 0.0;
        for (const std::uint32_t token : tokens) {
            best = std::max(best, quality(word, token));
        }
        if (best == 0.0) {
            return 0.0;
        }
        sum += best;
    }
    const double asked = static_cast<double>(words.size());
    const double coverage = std::min(1.0, asked / static_cast<double>(tokens.size()));
    return 0.8 * (sum / asked) * (0.7 + 0.3 * coverage) +
           0.2 * static_cast<double>(importance_[entry]);
}

std::vector<std::uint32_t> SearchIndex::candidates(const Word& word) const {
    // A mark for each entry: many words share names, and sorting them takes longer than a pass over
    // the marks.
    constexpr std::uint32_t kBits = 64;
    std::vector<std::uint64_t> marks(items_.size() / kBits + 1);
    const auto add = [&](std::uint32_t token, std::size_t most) {
        const std::uint32_t begin = names_first_[token];
        const auto end = static_cast<std::uint32_t>(
            std::min<std::size_t>(names_first_[token + 1], begin + most));
        for (std::uint32_t i = begin; i < end; ++i) {
            marks[names_[i] / kBits] |= std::uint64_t{1} << (names_[i] % kBits);
        }
    };
    const std::size_t tokens = word.end - word.begin + word.similar.size();
    const std::size_t each =
        word.names <= kMostCandidates
            ? kMostCandidates
            : std::max<std::size_t>(1, kMostCandidates / std::max<std::size_t>(1, tokens));
    if (word.exact != kNone) {
        add(word.exact, kMostCandidates / 2);
    }
    for (std::uint32_t token = word.begin; token < word.end; ++token) {
        if (token != word.exact) {
            add(token, each);
        }
    }
    for (const auto& [token, quality] : word.similar) {
        add(token, each);
    }
    std::vector<std::uint32_t> entries;
    for (std::uint32_t block = 0; block < marks.size(); ++block) {
        for (std::uint64_t left = marks[block]; left != 0; left &= left - 1) {
            entries.push_back(block * kBits + static_cast<std::uint32_t>(std::countr_zero(left)));
        }
    }
    return entries;
}

std::vector<Match> SearchIndex::best(std::span<const Word> words, std::size_t limit) const {
    if (words.empty()) {
        return {};
    }
    const auto rarest = std::min_element(
        words.begin(), words.end(), [](const Word& a, const Word& b) { return a.names < b.names; });
    std::vector<std::pair<double, std::uint32_t>> scored;
    for (const std::uint32_t entry : candidates(*rarest)) {
        if (const double value = score(words, entry); value > 0.0) {
            scored.emplace_back(value, entry);
        }
    }
    const std::size_t kept = std::min(limit, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(kept),
                      scored.end(), [](const auto& a, const auto& b) {
                          return a.first != b.first ? a.first > b.first : a.second < b.second;
                      });
    std::vector<Match> matches;
    for (std::size_t i = 0; i < kept; ++i) {
        matches.push_back({items_[scored[i].second], scored[i].first});
    }
    return matches;
}

std::vector<Match> SearchIndex::find(std::string_view query, std::size_t limit) const {
    constexpr std::size_t kMostWords = 8;
    if (items_.empty()) {
        return {};
    }
    const std::string folded = fold(query);
    std::vector<std::string_view> asked = telling_words(folded);
    asked.resize(std::min(asked.size(), kMostWords));
    std::vector<Word> found;
    for (const std::string_view word : asked) {
        found.push_back(look_up(word));
    }
    std::vector<Match> matches = best(found, limit);
    // A typing error is likelier the less there is to find without one.
    if (matches.size() < std::min<std::size_t>(limit, 3)) {
        for (std::size_t i = 0; i < asked.size(); ++i) {
            add_similar(asked[i], found[i]);
        }
        matches = best(found, limit);
    }
    return matches.empty() && found.size() > 1 ? without_one(found, limit) : matches;
}

std::vector<Match> SearchIndex::without_one(std::span<const Word> words, std::size_t limit) const {
    constexpr double kWorthOfTheRest = 0.6;
    std::vector<Match> matches;
    for (std::size_t left_out = 0; left_out < words.size(); ++left_out) {
        std::vector<Word> fewer(words.begin(), words.end());
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        const auto some = best(fewer, limit);
        matches.insert(matches.end(), some.begin(), some.end());
    }
    for (Match& match : matches) {
        match.score *= kWorthOfTheRest;
    }
    // Whichever word it was: the best of all, each once.
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& x, const Match& y) { return x.score > y.score; });
    std::unordered_set<std::uint32_t> seen;
    std::erase_if(matches, [&seen](const Match& match) { return !seen.insert(match.item).second; });
    matches.resize(std::min(matches.size(), limit));
    return matches;
}

} // namespace icmap::serve
