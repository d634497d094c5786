#pragma once

#include "names/organisation_name.hpp"

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
    bool is_weak = false;
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

struct RuleTable {
    WordMap<WordRule> words;
    std::set<std::string, std::less<>> articles;
    std::vector<std::string> other_name_after; ///< with a space on both sides
    std::vector<std::vector<std::string>> prefixes;
    std::vector<std::vector<std::string>> suffixes;
    std::vector<KindRule> kinds;
    std::vector<std::pair<std::string, std::string>> alias_names; ///< name, other name, as written
    WordMap<std::string> aliases;                                 ///< institution keys

    [[nodiscard]] const WordRule* find(std::string_view word) const {
        const auto found = words.find(word);
        return found == words.end() ? nullptr : &found->second;
    }
};

/// Reads both files; `aliases` stays empty.
[[nodiscard]] Result<std::unique_ptr<RuleTable>> parse_state(std::string_view names_toml,
                                                             std::string_view institutions_toml);

} // namespace icmap::names
