#include "classify/taxonomy.hpp"

#include "base/toml.hpp"
#include "classify/word_matcher.hpp"
#include "names/slug.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <initializer_list>

namespace icmap::classify {
namespace {

constexpr std::array<std::string_view, kFieldCount> kFieldNames{
    "name", "description", "project_title", "project_abstract", "patent_title"};

/// Reads one table of a taxonomy; the first thing that is wrong is kept as the error.
class TableReader {
  public:
    TableReader(const toml::Table& table, std::string_view file, std::string_view where)
        : table_(table), file_(file), where_(where) {}

    void allow(std::initializer_list<std::string_view> keys) {
        for (const auto& [key, node] : table_.entries()) {
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
                fail("The key is not known", key, node, "",
                     fmt::format("Use one of: {}", fmt::join(keys, ", ")));
            }
        }
    }
    void text(std::string_view key, std::string& out, bool required = false) {
        const toml::Node* node = table_.get(key);
        if (node == nullptr) {
            if (required) {
                fail("The key is missing", key, table_, "", fmt::format("Add {} = \"…\"", key));
            }
            return;
        }
        const auto value = node->value<std::string>();
        if (!value || value->empty()) {
            fail("The value must be a text", key, *node, node->shown(), "Write it in quotes");
            return;
        }
        out = *value;
    }
    void flag(std::string_view key, bool& out) {
        if (const toml::Node* node = table_.get(key)) {
            const auto value = node->value<bool>();
            if (!value) {
                fail("The value must be true or false", key, *node, node->shown(),
                     "Write true or false");
                return;
            }
            out = *value;
        }
    }
    void number(std::string_view key, double least, double most, double& out) {
        if (const toml::Node* node = table_.get(key)) {
            const auto value = node->value<double>();
            if (!value || !(*value >= least && *value <= most)) {
                fail(fmt::format("The value must be a number from {} to {}", least, most), key,
                     *node, node->shown(), "Change the number");
                return;
            }
            out = *value;
        }
    }
    void texts(std::string_view key, std::vector<std::string>& out) {
        const toml::Node* node = table_.get(key);
        if (node == nullptr) {
            return;
        }
        if (node->as_array() == nullptr) {
            fail("The value must be a list of texts", key, *node, node->shown(),
                 "Write [\"…\", \"…\"]");
            return;
        }
        for (const toml::Node& item : *node->as_array()) {
            const auto value = item.value<std::string>();
            if (!value || value->empty()) {
                fail("The list may hold texts only", key, item, item.shown(),
                     "Write each in quotes");
                return;
            }
            out.push_back(*value);
        }
    }
    void codes(std::string_view key, std::vector<std::string>& out) {
        texts(key, out);
        for (const std::string& code : out) {
            const bool digits =
                std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (!digits || code.size() < 2 || code.size() > 5) {
                fail("An SIC 2007 code has two to five digits", key, *table_.get(key), code,
                     "Write the digits in quotes, leading zero included: \"01\", \"2611\"");
            }
        }
    }
    void phrases(std::string_view key, std::vector<std::string>& out) {
        texts(key, out);
        for (const std::string& phrase : out) {
            if (!WordMatcher::is_phrase(phrase)) {
                fail("These words can never match", key, *table_.get(key), phrase,
                     "Use a–z, 0–9 and spaces; * only at the end of a word of three letters or "
                     "more");
            }
        }
    }
    /// \param place the node or table at fault
    template <class Place>
    void fail(std::string what, std::string_view key, const Place& place, std::string value,
              std::string remedy) {
        if (error_.what.empty()) {
            error_ = {ErrorKind::input,
                      std::move(what),
                      std::string(file_),
                      place.line(),
                      where_.empty() ? std::string(key) : fmt::format("{}.{}", where_, key),
                      std::move(value),
                      std::move(remedy)};
        }
    }
    [[nodiscard]] Result<void> outcome() const {
        if (!error_.what.empty()) {
            return tl::unexpected(error_);
        }
        return {};
    }

  private:
    const toml::Table& table_;
    std::string_view file_;
    std::string_view where_;
    Error error_;
};

Result<void> read_settings(const toml::Table& root, std::string_view file, WordSettings& settings) {
    const toml::Table* table = root["words"].as_table();
    if (table == nullptr) {
        return {};
    }
    TableReader reader(*table, file, "words");
    reader.allow({"threshold", "min_project_share", "name_not_sic", "name", "description",
                  "project_title", "project_abstract", "patent_title"});
    reader.number("threshold", 0.01, 100.0, settings.threshold);
    reader.number("min_project_share", 0.0, 1.0, settings.min_project_share);
    reader.codes("name_not_sic", settings.name_not_sic);
    for (std::size_t i = 0; i < kFieldCount; ++i) {
        reader.number(kFieldNames[i], 0.0, 100.0, settings.weights[i]);
    }
    return reader.outcome();
}

Result<WordRule> read_rule(const toml::Table& table, std::string_view file) {
    WordRule rule;
    TableReader reader(table, file, "sector.words");
    reader.allow({"any", "context", "sic", "fields", "strength"});
    reader.phrases("any", rule.any);
    reader.phrases("context", rule.context);
    reader.codes("sic", rule.sic);
    reader.number("strength", 0.01, 100.0, rule.strength);
    if (rule.any.empty()) {
        reader.fail("A rule needs words", "any", table, "", "Add any = [\"…\"]");
    }
    std::vector<std::string> fields;
    reader.texts("fields", fields);
    if (!fields.empty()) {
        rule.fields.fill(false);
    }
    for (const std::string& field : fields) {
        const auto found = std::find(kFieldNames.begin(), kFieldNames.end(), field);
        if (found == kFieldNames.end()) {
            reader.fail("The field is not known", "fields", *table.get("fields"), field,
                        fmt::format("Use one of: {}", fmt::join(kFieldNames, ", ")));
            break;
        }
        rule.fields[static_cast<std::size_t>(found - kFieldNames.begin())] = true;
    }
    ICMAP_TRY(reader.outcome());
    return rule;
}

struct TaxonomyDefaults {
    std::string type = "user";
    std::string source;
};

Result<SectorDefinition> read_sector(const toml::Table& table, std::string_view file,
                                     const TaxonomyDefaults& defaults) {
    SectorDefinition sector;
    sector.file = file;
    sector.line = table.line();
    sector.type = defaults.type;
    sector.source = defaults.source;
    TableReader reader(table, file, "sector");
    reader.allow({"slug", "name", "type", "parent", "frontier", "industrial_strategy_parent",
                  "definition", "source", "sic", "sic_except", "companies", "evidence", "not",
                  "words"});
    reader.text("name", sector.name, true);
    sector.slug = names::slugify(sector.name);
    reader.text("slug", sector.slug);
    reader.text("type", sector.type);
    reader.text("parent", sector.parent);
    reader.text("industrial_strategy_parent", sector.industrial_strategy_parent);
    reader.text("definition", sector.definition, true);
    reader.text("source", sector.source, defaults.source.empty());
    sector.is_frontier = sector.type == "frontier";
    reader.flag("frontier", sector.is_frontier);
    reader.codes("sic", sector.sic);
    reader.codes("sic_except", sector.sic_except);
    reader.texts("companies", sector.companies);
    reader.texts("evidence", sector.evidence);
    reader.phrases("not", sector.not_words);
    constexpr std::array<std::string_view, 5> kTypes{"industrial_strategy", "frontier", "sic",
                                                     "technology", "user"};
    if (std::find(kTypes.begin(), kTypes.end(), sector.type) == kTypes.end()) {
        reader.fail("The type is not known", "type", table, sector.type,
                    fmt::format("Use one of: {}", fmt::join(kTypes, ", ")));
    }
    if (sector.slug.empty()) {
        reader.fail("No slug can be made of the name", "slug", table, sector.name,
                    "Add slug = \"…\" of small letters, digits and hyphens");
    }
    if (sector.slug != names::slugify(sector.slug)) {
        reader.fail("A slug has small letters, digits and hyphens only", "slug", table, sector.slug,
                    fmt::format("Write \"{}\"", names::slugify(sector.slug)));
    }
    ICMAP_TRY(reader.outcome());
    if (const toml::Node* words = table.get("words")) {
        const auto rules = toml::tables_of(*words);
        if (!rules || rules->empty()) {
            reader.fail("Words are written as rules", "words", *words, "",
                        "Write [[sector.words]] with any = [\"…\"] below it");
            return tl::unexpected(reader.outcome().error());
        }
        for (const toml::Table* rule : *rules) {
            ICMAP_ASSIGN(auto read, read_rule(*rule, file));
            sector.words.push_back(std::move(read));
        }
    }
    return sector;
}

Result<TaxonomyDefaults> read_head(const toml::Table& root, std::string_view file) {
    TaxonomyDefaults defaults;
    TableReader top(root, file, "");
    top.allow({"taxonomy", "words", "sector"});
    ICMAP_TRY(top.outcome());
    if (const toml::Table* head = root["taxonomy"].as_table()) {
        std::string title;
        TableReader reader(*head, file, "taxonomy");
        reader.allow({"title", "type", "source"});
        reader.text("title", title);
        reader.text("type", defaults.type);
        reader.text("source", defaults.source);
        ICMAP_TRY(reader.outcome());
    }
    return defaults;
}

} // namespace

std::string_view field_name(Field field) {
    return kFieldNames[static_cast<std::size_t>(field)];
}

Result<void> read_taxonomy(std::string_view file, std::string_view text, Definitions& definitions) {
    ICMAP_ASSIGN(const toml::Table root,
                 toml::parse(text, file,
                             "Mend the line; the format is described in docs/methods/sectors.md"));
    ICMAP_ASSIGN(const TaxonomyDefaults defaults, read_head(root, file));
    WordSettings settings;
    ICMAP_TRY(read_settings(root, file, settings));
    definitions.settings.push_back(std::move(settings));
    const toml::Node* list = root.get("sector");
    const auto sectors = list != nullptr ? toml::tables_of(*list) : std::nullopt;
    if (!sectors || sectors->empty()) {
        return tl::unexpected(Error{ErrorKind::input, "The taxonomy defines no sector",
                                    std::string(file), 1, "sector", "",
                                    "Add [[sector]] with name, definition and sic, companies or "
                                    "[[sector.words]]"});
    }
    for (const toml::Table* table : *sectors) {
        ICMAP_ASSIGN(auto sector, read_sector(*table, file, defaults));
        for (const SectorDefinition& other : definitions.sectors) {
            if (other.slug == sector.slug) {
                return tl::unexpected(Error{
                    ErrorKind::input,
                    fmt::format("The slug is taken by a sector of {}:{}", other.file, other.line),
                    std::string(file), sector.line, "sector.slug", sector.slug,
                    "Give the sector a slug of its own"});
            }
        }
        sector.settings = definitions.settings.size() - 1;
        definitions.sectors.push_back(std::move(sector));
    }
    return {};
}

} // namespace icmap::classify
