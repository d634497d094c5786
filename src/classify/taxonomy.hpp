#pragma once

#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::classify {

/// Where words are looked for.
enum class Field : std::uint8_t {
    name,
    description,
    project_title,
    project_abstract,
    patent_title
};
constexpr std::size_t kFieldCount = 5;

/// The field's name as taxonomies spell it.
[[nodiscard]] std::string_view field_name(Field field);

/// How words of one taxonomy add up: a firm is in when the strengths of the distinct words found,
/// each times the weight of its field, reach the threshold.
struct WordSettings {
    double threshold = 1.0;
    /// A name, a description or a title counts alone; an abstract needs two distinct words.
    std::array<double, kFieldCount> weights{1.0, 1.0, 1.0, 0.5, 1.0};
    /// Projects (patents) with the words must be at least this share of the firm's, 0–1, so that a
    /// firm in a hundred projects is not in every sector that one of them touches.
    double min_project_share = 0.1;
    /// SIC prefixes: a firm all of whose codes begin so is not taken by its name.
    std::vector<std::string> name_not_sic;
};

/// Words that speak for a sector. With `context` or `sic`, a word counts only where the same text
/// also has a context word or the firm has such a code (one of the two is enough).
struct WordRule {
    std::vector<std::string> any;
    std::vector<std::string> context;
    std::vector<std::string> sic;
    std::array<bool, kFieldCount> fields{true, true, true, true, true};
    double strength = 1.0;
};

struct SectorDefinition {
    std::string slug;
    std::string name;
    std::string type;   ///< industrial_strategy | frontier | sic | technology | user
    std::string parent; ///< slug, empty when none
    bool is_frontier = false;
    std::string industrial_strategy_parent; ///< name, empty when none
    std::string definition;
    std::string source;
    std::vector<std::string> sic;        ///< prefixes of SIC 2007 codes, 2–5 digits
    std::vector<std::string> sic_except; ///< prefixes taken out again
    std::vector<std::string> companies;  ///< company numbers
    std::vector<std::string> evidence;   ///< kinds of reference/evidence.toml, in the window
    std::vector<std::string> not_words;  ///< a text with one of these says nothing
    std::vector<WordRule> words;
    std::size_t settings = 0; ///< index into Definitions::settings
    std::string file;
    std::uint64_t line = 0;
};

/// All sectors of all taxonomies, in order; parents exist and come from the same set.
struct Definitions {
    std::vector<WordSettings> settings;
    std::vector<SectorDefinition> sectors;
};

/// Adds the sectors of a TOML taxonomy.
/// \errors input: not TOML; unknown key; missing or wrong value; a slug used twice; an SIC prefix
/// that is not 2–5 digits; a word that cannot match: with file, line, key, value and remedy
[[nodiscard]] Result<void> read_taxonomy(std::string_view file, std::string_view text,
                                         Definitions& definitions);

/// Adds the companies of a CSV list with the columns company_number and sector (slug or name). A
/// sector that no taxonomy defines becomes one of type user.
/// \errors input: a column is missing, a row is too short or a value empty: with file and line
[[nodiscard]] Result<void> read_list(std::string_view file, std::string_view text,
                                     Definitions& definitions);

/// Checks parents and inherits what sub-sectors take from them; call once all texts are read.
/// \errors input: an unknown parent, a circle of parents
[[nodiscard]] Result<void> resolve_parents(Definitions& definitions);

/// The sector that a sector is a part of; nothing where there is none.
[[nodiscard]] std::optional<std::uint16_t> parent_of(const Definitions& definitions,
                                                     std::size_t sector);

/// Keeps the sectors named and their sub-sectors; nothing named keeps all.
/// \errors input: an unknown slug
[[nodiscard]] Result<void> keep_only(const std::vector<std::string>& slugs,
                                     Definitions& definitions);

} // namespace icmap::classify
