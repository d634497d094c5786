#pragma once

#include "names/organisation_name.hpp"

#include <bitset>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// The rules of names as they lie in memory; for this folder alone.
namespace icmap::names {

struct WordHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const {
        return std::hash<std::string_view>{}(word);
    }
};

template <class Value>
using WordMap = std::unordered_map<std::string, Value, WordHash, std::equal_to<>>;

/// All that the rules say of one word.
struct WordRule {
    bool is_form = false; ///< a legal form wherever it stands after the first word
    bool is_article = false;
    bool is_weak = false;
    bool is_group = false;               ///< names another company of the same group
    bool is_stop = false;                ///< of institutions' names
    std::string replacement;             ///< empty: none
    std::string institution_replacement; ///< in institutions' names only; empty: none
    std::string pair_second;             ///< with this word after it …
    std::string pair_replacement;        ///< … the two become this
    std::vector<std::vector<std::string>> forms_ending_here; ///< longest first
};

struct KindRule {
    std::string kind;
    std::vector<std::vector<std::string>> patterns;
    std::set<std::string, std::less<>> without;
};

/// Says of most words that no rule is about them, without a look at the rules.
class WordFilter {
  public:
    void add(std::string_view word) { may_be_[bucket(word)] = true; }
    [[nodiscard]] bool may_hold(std::string_view word) const { return may_be_[bucket(word)]; }

  private:
    static constexpr std::size_t kBits = 15;
    /// By length, first and last byte.
    static std::size_t bucket(std::string_view word) {
        if (word.empty()) {
            return 0;
        }
        const auto low = [](char c) { return static_cast<unsigned char>(c) & 31U; };
        return ((word.size() & 31U) << 10U) | (low(word.front()) << 5U) | low(word.back());
    }
    std::bitset<std::size_t{1} << kBits> may_be_;
};

struct RuleTable {
    WordMap<WordRule> words;
    WordFilter known;                          ///< of `words`; filled when they are complete
    std::vector<std::string> other_name_after; ///< with a space on both sides
    std::vector<std::vector<std::string>> prefixes;
    std::vector<std::vector<std::string>> suffixes;
    std::vector<KindRule> kinds;
    std::vector<std::pair<std::string, std::string>> alias_names; ///< name, other name, as written
    WordMap<std::string> aliases;                                 ///< institution keys
    /// Words that no rule is about by themselves, and that may yet not be in the key of a name that
    /// begins with them: of the keys of aliases, and the first words of prefixes.
    std::set<std::string, std::less<>> first_may_go;

    [[nodiscard]] const WordRule* find(std::string_view word) const {
        if (!known.may_hold(word)) {
            return nullptr;
        }
        const auto found = words.find(word);
        return found == words.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool is_article(std::string_view word) const {
        const WordRule* rule = find(word);
        return rule != nullptr && rule->is_article;
    }
};

/// Reads both files; `aliases` stays empty.
[[nodiscard]] Result<std::unique_ptr<RuleTable>> parse_state(std::string_view names_toml,
                                                             std::string_view institutions_toml);

} // namespace icmap::names
