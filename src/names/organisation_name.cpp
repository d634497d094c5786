#include "names/organisation_name.hpp"

#include "base/embedded.hpp"
#include "names/fold.hpp"
#include "names/name_state.hpp"

#include <algorithm>
#include <stdexcept>

namespace icmap::names {
namespace {

using Words = std::vector<std::string_view>;

/// What one call needs; kept by each thread, so that a call allocates nothing once warm.
struct Scratch {
    std::string folded;
    Words words;
};

Scratch& scratch() {
    thread_local Scratch mine;
    return mine;
}

void split(std::string_view text, Words& words) {
    words.clear();
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

void join(const Words& words, std::string& out) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) {
            out.push_back(' ');
        }
        out.append(words[i]);
    }
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Where "T/A" stands as a word of its own, but not at the beginning; npos where it does not.
std::size_t trading_as(std::string_view name) {
    for (std::size_t slash = name.find('/', 2); slash != std::string_view::npos;
         slash = name.find('/', slash + 1)) {
        const bool is_t_a = slash + 1 < name.size() && (name[slash - 1] | 0x20) == 't' &&
                            (name[slash + 1] | 0x20) == 'a';
        if (is_t_a && !is_letter_or_digit(name[slash - 2]) &&
            (slash + 2 == name.size() || !is_letter_or_digit(name[slash + 2]))) {
            return slash - 1;
        }
    }
    return std::string_view::npos;
}

/// Folds a name up to "T/A", or all of it where nothing but punctuation stands before that.
void fold_first_name(std::string_view name, std::string& folded) {
    folded.clear();
    fold(name.substr(0, trading_as(name)), folded);
    if (folded.empty()) {
        fold(name, folded);
    }
}

bool ends_with(const Words& words, const std::vector<std::string>& phrase) {
    return words.size() >= phrase.size() &&
           std::equal(phrase.begin(), phrase.end(),
                      words.end() - static_cast<std::ptrdiff_t>(phrase.size()));
}

bool starts_with(const Words& words, const std::vector<std::string>& phrase) {
    return words.size() >= phrase.size() && std::equal(phrase.begin(), phrase.end(), words.begin());
}

} // namespace

/// Drops articles at both ends, never the last word.
void trim_articles(const RuleTable& rules, Words& words) {
    while (words.size() > 1 && rules.is_article(words.front())) {
        words.erase(words.begin());
    }
    while (words.size() > 1 && rules.is_article(words.back())) {
        words.pop_back();
    }
}

/// Drops the longest legal form at the end: one only, so that "Beauty Inc Limited" keeps its Inc.
/// \returns true if one went
bool trim_form_at_end(const RuleTable& rules, Words& words) {
    const WordRule* rule = words.empty() ? nullptr : rules.find(words.back());
    if (rule == nullptr) {
        return false;
    }
    for (const auto& phrase : rule->forms_ending_here) {
        if (words.size() > phrase.size() && ends_with(words, phrase)) {
            words.resize(words.size() - phrase.size());
            return true;
        }
    }
    return false;
}

/// Drops the legal forms that are none of a name's words wherever they stand.
/// \returns true if one went
bool drop_forms_inside(const RuleTable& rules, Words& words) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const WordRule* rule = i > 0 ? rules.find(words[i]) : nullptr;
        if (rule == nullptr || !rule->is_form) {
            words[kept++] = words[i];
        }
    }
    const bool any = kept < words.size();
    words.resize(kept);
    return any;
}

/// Puts shortened words in full.
void expand(const RuleTable& rules, Words& words) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (const WordRule* rule = rules.find(word)) {
            if (!rule->pair_second.empty() && i + 1 < words.size() &&
                words[i + 1] == rule->pair_second) {
                word = rule->pair_replacement;
                ++i;
            } else if (!rule->replacement.empty()) {
                word = rule->replacement;
            }
        }
        words[kept++] = word;
    }
    words.resize(kept);
}

/// The words of a name's key, views into `folded` and the rules.
/// \returns true if the name has a legal form
bool key_words(const RuleTable& rules, std::string_view name, std::string& folded, Words& words) {
    fold_first_name(name, folded);
    std::string_view text = folded;
    for (const std::string& phrase : rules.other_name_after) {
        const std::size_t at = text.find(phrase);
        if (at != std::string_view::npos && at > 0) {
            text = text.substr(0, at);
        }
    }
    split(text, words);
    expand(rules, words);
    trim_articles(rules, words);
    const bool form_at_end = trim_form_at_end(rules, words);
    const bool form_inside = drop_forms_inside(rules, words);
    trim_articles(rules, words);
    return form_at_end || form_inside;
}

/// Leaves of a key's words the name proper of an institution.
void proper_words(const RuleTable& rules, Words& words) {
    for (const auto& prefix : rules.prefixes) {
        if (words.size() > prefix.size() && starts_with(words, prefix)) {
            words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(prefix.size()));
            break;
        }
    }
    for (const auto& suffix : rules.suffixes) {
        if (words.size() > suffix.size() && ends_with(words, suffix)) {
            words.resize(words.size() - suffix.size());
            break;
        }
    }
    for (std::string_view& word : words) {
        const WordRule* rule = rules.find(word);
        if (rule != nullptr && !rule->institution_replacement.empty()) {
            word = rule->institution_replacement;
        }
    }
    if (words.size() > 1 && rules.is_article(words.front())) {
        words.erase(words.begin());
    }
}

void institution_key_unaliased(const RuleTable& rules, std::string_view name, std::string& out) {
    auto& [folded, words] = scratch();
    key_words(rules, name, folded, words);
    proper_words(rules, words);
    const auto is_stop_word = [&](std::string_view word) {
        const WordRule* rule = rules.find(word);
        return rule != nullptr && rule->is_stop;
    };
    if (!std::all_of(words.begin(), words.end(), is_stop_word)) {
        std::erase_if(words, is_stop_word);
    }
    if (std::find(words.begin(), words.end(), "UNIVERSITY") != words.end()) {
        std::sort(words.begin(), words.end());
        words.erase(std::unique(words.begin(), words.end()), words.end());
    }
    join(words, out);
}

namespace {

/// True if `words` follow `pattern`, in which "*" stands for one or more words at either end.
bool follows(const Words& words, const std::vector<std::string>& pattern) {
    const bool open_front = pattern.front() == "*";
    const bool open_back = pattern.back() == "*";
    const std::size_t fixed = pattern.size() - (open_front ? 1U : 0U) - (open_back ? 1U : 0U);
    const auto first = pattern.begin() + (open_front ? 1 : 0);
    const auto last = first + static_cast<std::ptrdiff_t>(fixed);
    if (words.size() < pattern.size()) {
        return false;
    }
    if (!open_front && !open_back) {
        return words.size() == fixed && std::equal(first, last, words.begin());
    }
    if (!open_front) {
        return std::equal(first, last, words.begin());
    }
    if (!open_back) {
        return std::equal(first, last, words.end() - static_cast<std::ptrdiff_t>(fixed));
    }
    return std::search(words.begin() + 1, words.end() - 1, first, last) != words.end() - 1;
}

} // namespace

NameRules::NameRules(std::unique_ptr<const RuleTable> state) : state_(std::move(state)) {}
NameRules::NameRules(NameRules&&) noexcept = default;
NameRules& NameRules::operator=(NameRules&&) noexcept = default;
NameRules::~NameRules() = default;

const NameRules& NameRules::standard() {
    static const NameRules rules = [] {
        const auto texts = reference::texts();
        auto parsed = parse(base::find_text(texts, "link/names.toml").value_or(""),
                            base::find_text(texts, "link/institutions.toml").value_or(""));
        if (!parsed) {
            // The embedded rules are tested: they cannot be wrong in a program that was released.
            throw std::logic_error(parsed.error().message());
        }
        return std::move(*parsed);
    }();
    return rules;
}

Result<NameRules> NameRules::parse(std::string_view names_toml,
                                   std::string_view institutions_toml) {
    ICMAP_ASSIGN(auto state, parse_state(names_toml, institutions_toml));
    for (const auto& [name, alias] : state->alias_names) {
        std::string alias_key;
        std::string own_key;
        institution_key_unaliased(*state, alias, alias_key);
        institution_key_unaliased(*state, name, own_key);
        Words words;
        split(alias_key, words);
        state->first_may_go.insert(words.begin(), words.end());
        state->aliases.emplace(std::move(alias_key), std::move(own_key));
    }
    for (const auto& prefix : state->prefixes) {
        state->first_may_go.insert(prefix.front());
    }
    return NameRules(std::move(state));
}

void NameRules::key(std::string_view name, std::string& out) const {
    auto& [folded, words] = scratch();
    key_words(*state_, name, folded, words);
    join(words, out);
}

std::string NameRules::key(std::string_view name) const {
    std::string out;
    key(name, out);
    return out;
}

void NameRules::institution_key(std::string_view name, std::string& out) const {
    const std::size_t begin = out.size();
    institution_key_unaliased(*state_, name, out);
    const auto alias = state_->aliases.find(std::string_view(out).substr(begin));
    if (alias != state_->aliases.end()) {
        out.replace(begin, std::string::npos, alias->second);
    }
}

std::string NameRules::institution_key(std::string_view name) const {
    std::string out;
    institution_key(name, out);
    return out;
}

std::string_view NameRules::kept_first_word(std::string_view name, std::string& folded) const {
    fold_first_name(name, folded);
    const std::string_view first = std::string_view(folded).substr(0, folded.find(' '));
    const bool may_go = state_->find(first) != nullptr || state_->first_may_go.contains(first);
    return may_go ? std::string_view() : first;
}

std::string_view NameRules::institution_kind(std::string_view name) const {
    auto& [folded, words] = scratch();
    if (key_words(*state_, name, folded, words)) {
        return {};
    }
    proper_words(*state_, words);
    for (const KindRule& rule : state_->kinds) {
        const bool fits =
            std::any_of(rule.patterns.begin(), rule.patterns.end(),
                        [&words = words](const auto& pattern) { return follows(words, pattern); });
        const bool is_excluded =
            fits && std::any_of(words.begin(), words.end(), [&rule](std::string_view word) {
                return rule.without.contains(word);
            });
        if (fits && !is_excluded) {
            return rule.kind;
        }
    }
    return {};
}

bool NameRules::has_legal_form(std::string_view name) const {
    auto& [folded, words] = scratch();
    return key_words(*state_, name, folded, words);
}

bool NameRules::is_weak(std::string_view word) const {
    const WordRule* rule = state_->find(word);
    return rule != nullptr && rule->is_weak;
}

bool NameRules::is_group_word(std::string_view word) const {
    const WordRule* rule = state_->find(word);
    return rule != nullptr && rule->is_group;
}

} // namespace icmap::names
