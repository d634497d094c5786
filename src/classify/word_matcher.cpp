#include "classify/word_matcher.hpp"

#include <algorithm>

namespace icmap::classify {
namespace {

constexpr std::uint8_t kSeparator = 0xFF;
constexpr std::uint8_t kForeign = 0xFE; // part of a word that no phrase has
constexpr std::uint8_t kSkipped = 0xFD; // apostrophes: "it's" is one word

constexpr std::array<std::uint8_t, 256> letter_codes() {
    std::array<std::uint8_t, 256> codes{};
    for (std::size_t c = 0; c < codes.size(); ++c) {
        codes[c] = c >= 128 ? kForeign : kSeparator;
    }
    for (std::size_t i = 0; i < 26; ++i) {
        codes['a' + i] = static_cast<std::uint8_t>(i);
        codes['A' + i] = static_cast<std::uint8_t>(i);
    }
    for (std::size_t i = 0; i < 10; ++i) {
        codes['0' + i] = static_cast<std::uint8_t>(26 + i);
    }
    codes['\''] = kSkipped;
    return codes;
}
constexpr auto kCodes = letter_codes();

std::uint8_t code_of(char c) {
    return kCodes[static_cast<unsigned char>(c)];
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Cuts a text into words, lower case, apostrophes dropped; `keep_star` keeps a * at a word's end.
void cut(std::string_view text, bool keep_star, std::string& out,
         std::vector<std::pair<std::uint32_t, std::uint32_t>>& words) {
    out.clear();
    words.clear();
    bool in_word = false;
    const auto end_word = [&] {
        if (in_word) {
            words.back().second = static_cast<std::uint32_t>(out.size());
            out += ' ';
            in_word = false;
        }
    };
    for (const char c : text) {
        const std::uint8_t code = code_of(c);
        if (code == kSkipped) {
            continue;
        }
        if (code == kSeparator && !(keep_star && c == '*' && in_word)) {
            end_word();
            continue;
        }
        if (!in_word) {
            words.emplace_back(static_cast<std::uint32_t>(out.size()), 0U);
            in_word = true;
        }
        out += lower(c);
    }
    end_word();
}

} // namespace

WordMatcher::WordMatcher() : letters_(1), phrases_(1) {
    letters_[0].child.fill(kNone);
}

bool WordMatcher::is_phrase(std::string_view phrase) {
    std::string text;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> words;
    cut(phrase, true, text, words);
    for (const auto& [begin, end] : words) {
        const std::string_view word = std::string_view(text).substr(begin, end - begin);
        const std::size_t star = word.find('*');
        if (star != std::string_view::npos && (star + 1 != word.size() || word.size() < 4)) {
            return false;
        }
        if (std::any_of(word.begin(), word.end(), [](char c) { return code_of(c) == kForeign; })) {
            return false;
        }
    }
    return !words.empty() && phrase.find(" *") == std::string_view::npos && phrase.front() != '*';
}

std::uint32_t WordMatcher::symbol_of(std::string_view word) {
    const bool is_prefix = word.back() == '*';
    if (is_prefix) {
        word.remove_suffix(1);
    }
    std::uint32_t node = 0;
    for (const char c : word) {
        const std::uint8_t code = code_of(c);
        if (letters_[node].child[code] == kNone) {
            letters_[node].child[code] = static_cast<std::uint32_t>(letters_.size());
            letters_.emplace_back();
            letters_.back().child.fill(kNone);
        }
        node = letters_[node].child[code];
    }
    std::uint32_t& symbol = is_prefix ? letters_[node].prefix : letters_[node].whole;
    if (symbol == kNone) {
        symbol = symbol_count_++;
        first_.push_back(kNone);
    }
    return symbol;
}

std::uint32_t WordMatcher::add(std::string_view phrase) {
    std::string text;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> words;
    cut(phrase, true, text, words);
    std::uint32_t node = 0;
    for (const auto& [begin, end] : words) {
        const std::uint32_t symbol = symbol_of(std::string_view(text).substr(begin, end - begin));
        std::uint32_t next = step(node, symbol);
        if (next == kNone) {
            next = static_cast<std::uint32_t>(phrases_.size());
            phrases_.emplace_back();
            if (node == 0) {
                first_[symbol] = next;
            } else {
                phrases_[node].children.emplace_back(symbol, next);
            }
        }
        node = next;
    }
    if (phrases_[node].term == kNone) {
        phrases_[node].term = terms_++;
    }
    return phrases_[node].term;
}

std::uint32_t WordMatcher::step(std::uint32_t node, std::uint32_t symbol) const {
    if (node == 0) {
        return first_[symbol];
    }
    for (const auto& [with, child] : phrases_[node].children) {
        if (with == symbol) {
            return child;
        }
    }
    return kNone;
}

std::size_t WordMatcher::symbols_of(std::string_view word,
                                    std::array<std::uint32_t, 16>& symbols) const {
    std::size_t count = 0;
    std::uint32_t node = 0;
    for (const char c : word) {
        const std::uint8_t code = code_of(c);
        node = code < kLetters ? letters_[node].child[code] : kNone;
        if (node == kNone) {
            return count;
        }
        if (letters_[node].prefix != kNone && count + 1 < symbols.size()) {
            symbols[count++] = letters_[node].prefix;
        }
    }
    if (letters_[node].whole != kNone) {
        symbols[count++] = letters_[node].whole;
    }
    return count;
}

std::span<const TermHit> WordMatcher::find(std::string_view text, Scratch& scratch) const {
    scratch.hits.clear();
    scratch.states.clear();
    cut(text, false, scratch.text, scratch.words);
    const std::string_view all(scratch.text);
    std::array<std::uint32_t, 16> symbols{};
    for (std::uint32_t i = 0; i < scratch.words.size(); ++i) {
        const auto [begin, end] = scratch.words[i];
        const std::size_t count = symbols_of(all.substr(begin, end - begin), symbols);
        scratch.next_states.clear();
        const auto advance = [&, end = end](std::uint32_t node, std::uint32_t first_word) {
            for (std::size_t s = 0; s < count; ++s) {
                const std::uint32_t next = step(node, symbols[s]);
                if (next == kNone) {
                    continue;
                }
                scratch.next_states.emplace_back(next, first_word);
                if (phrases_[next].term != kNone) {
                    const std::uint32_t from = scratch.words[first_word].first;
                    scratch.hits.push_back({phrases_[next].term, all.substr(from, end - from)});
                }
            }
        };
        if (count > 0) {
            for (const auto& [node, first_word] : scratch.states) {
                advance(node, first_word);
            }
            advance(0, i);
        }
        std::swap(scratch.states, scratch.next_states);
    }
    std::stable_sort(scratch.hits.begin(), scratch.hits.end(),
                     [](const TermHit& a, const TermHit& b) { return a.term < b.term; });
    scratch.hits.erase(
        std::unique(scratch.hits.begin(), scratch.hits.end(),
                    [](const TermHit& a, const TermHit& b) { return a.term == b.term; }),
        scratch.hits.end());
    return scratch.hits;
}

} // namespace icmap::classify
