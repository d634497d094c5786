#include "names/name_state.hpp"

#include "base/toml.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace icmap::names {
namespace {

constexpr const char* kNamesFile = "link/names.toml";
constexpr const char* kInstitutionsFile = "link/institutions.toml";

std::vector<std::string> words_of(std::string_view phrase) {
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < phrase.size();) {
        const std::size_t end = std::min(phrase.find(' ', begin), phrase.size());
        words.emplace_back(phrase.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

constexpr std::string_view kRemedy = "Compare it with reference/link of the project";

tl::unexpected<Error> file_error(const char* file, std::string what, std::uint64_t line) {
    Error error;
    error.what = std::move(what);
    error.file = file;
    error.line = line;
    error.remedy = kRemedy;
    return tl::unexpected(std::move(error));
}

/// The texts of an array; \errors input: it is missing or holds something else
Result<std::vector<std::string>> texts(const toml::Table& table, const char* field,
                                       const char* file) {
    const toml::Array* array = table[field].as_array();
    if (array == nullptr) {
        return file_error(file, fmt::format("There is no list \"{}\"", field), table.line());
    }
    std::vector<std::string> all;
    for (const toml::Node& node : *array) {
        const auto text = node.value<std::string>();
        if (!text || text->empty()) {
            return file_error(file, fmt::format("The list \"{}\" may hold texts only", field),
                              node.line());
        }
        all.push_back(*text);
    }
    return all;
}

void add_abbreviation(RuleTable& state, const std::string& from, const std::string& to) {
    const auto words = words_of(from);
    if (words.size() == 2) {
        state.words[words[0]].pair_second = words[1];
        state.words[words[0]].pair_replacement = to;
    } else {
        state.words[from].replacement = to;
    }
}

Result<void> read_names(std::string_view text, RuleTable& state) {
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, kNamesFile, kRemedy));
    ICMAP_ASSIGN(const auto anywhere, texts(table, "legal_forms_anywhere", kNamesFile));
    for (const std::string& word : anywhere) {
        state.words[word].is_form = true;
    }
    ICMAP_ASSIGN(const auto at_end, texts(table, "legal_forms_at_end", kNamesFile));
    for (const std::string& phrase : at_end) {
        const auto words = words_of(phrase);
        state.words[words.back()].forms_ending_here.push_back(words);
    }
    ICMAP_ASSIGN(const auto articles, texts(table, "articles", kNamesFile));
    for (const std::string& word : articles) {
        state.words[word].is_article = true;
    }
    ICMAP_ASSIGN(const auto other, texts(table, "other_name_after", kNamesFile));
    for (const std::string& phrase : other) {
        state.other_name_after.push_back(' ' + phrase + ' ');
    }
    ICMAP_ASSIGN(const auto weak, texts(table, "weak_words", kNamesFile));
    for (const std::string& word : weak) {
        state.words[word].is_weak = true;
    }
    ICMAP_ASSIGN(const auto group, texts(table, "group_words", kNamesFile));
    for (const std::string& word : group) {
        state.words[word].is_group = true;
    }
    if (const toml::Table* abbreviations = table["abbreviations"].as_table()) {
        for (const auto& [from, to] : abbreviations->entries()) {
            add_abbreviation(state, from, to.value_or(std::string()));
        }
    }
    for (auto& [word, rule] : state.words) {
        std::stable_sort(rule.forms_ending_here.begin(), rule.forms_ending_here.end(),
                         [](const auto& a, const auto& b) { return a.size() > b.size(); });
    }
    return {};
}

Result<KindRule> read_kind(const toml::Table& table) {
    KindRule rule;
    rule.kind = table["kind"].value_or(std::string());
    if (rule.kind.empty()) {
        return file_error(kInstitutionsFile, "A rule has no kind", table.line());
    }
    ICMAP_ASSIGN(const auto patterns, texts(table, "patterns", kInstitutionsFile));
    for (const std::string& pattern : patterns) {
        rule.patterns.push_back(words_of(pattern));
    }
    if (table.contains("without")) {
        ICMAP_ASSIGN(const auto without, texts(table, "without", kInstitutionsFile));
        rule.without.insert(without.begin(), without.end());
    }
    return rule;
}

Result<void> read_institutions(std::string_view text, RuleTable& state) {
    ICMAP_ASSIGN(const toml::Table table, toml::parse(text, kInstitutionsFile, kRemedy));
    ICMAP_ASSIGN(const auto stop_words, texts(table, "stop_words", kInstitutionsFile));
    for (const std::string& word : stop_words) {
        state.words[word].is_stop = true;
    }
    ICMAP_ASSIGN(const auto prefixes, texts(table, "prefixes", kInstitutionsFile));
    std::transform(prefixes.begin(), prefixes.end(), std::back_inserter(state.prefixes), words_of);
    ICMAP_ASSIGN(const auto suffixes, texts(table, "suffixes", kInstitutionsFile));
    std::transform(suffixes.begin(), suffixes.end(), std::back_inserter(state.suffixes), words_of);
    if (const toml::Table* abbreviations = table["abbreviations"].as_table()) {
        for (const auto& [from, to] : abbreviations->entries()) {
            state.words[from].institution_replacement = to.value_or(std::string());
        }
    }
    if (const toml::Array* rules = table["rule"].as_array()) {
        for (const toml::Node& node : *rules) {
            if (node.as_table() == nullptr) {
                return file_error(kInstitutionsFile, "A rule is a table", node.line());
            }
            ICMAP_ASSIGN(auto rule, read_kind(*node.as_table()));
            state.kinds.push_back(std::move(rule));
        }
    }
    if (const toml::Table* aliases = table["aliases"].as_table()) {
        for (const auto& [name, others] : aliases->entries()) {
            ICMAP_ASSIGN(const auto all, texts(*aliases, name.c_str(), kInstitutionsFile));
            for (const std::string& other : all) {
                state.alias_names.emplace_back(name, other);
            }
        }
    }
    return {};
}

} // namespace

Result<std::unique_ptr<RuleTable>> parse_state(std::string_view names_toml,
                                               std::string_view institutions_toml) {
    auto state = std::make_unique<RuleTable>();
    ICMAP_TRY(read_names(names_toml, *state));
    ICMAP_TRY(read_institutions(institutions_toml, *state));
    for (const auto& [word, rule] : state->words) {
        state->known.add(word);
    }
    return state;
}

} // namespace icmap::names
