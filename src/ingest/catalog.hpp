#pragma once

#include "base/result.hpp"
#include "ingest/source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::ingest {

/// One field of a kind of record, as reference/kinds/*.toml describes it.
struct FieldRule {
    std::string name;
    std::string type;          ///< text, company_number, postcode, date, integer, number, boolean,
                               ///< text_list, sic_list, geometry, lon or lat
    bool required = false;     ///< without it the row is rejected
    std::optional<double> min; ///< numbers: smallest possible value; dates: earliest year
    std::optional<double> max; ///< the largest, the latest
    std::uint32_t max_length = 0; ///< texts: characters; 0 = no limit
    std::vector<std::string> one_of;
    std::string default_value; ///< SQL, where the source has none
};

/// A further condition on a record: where `when` holds, `field` is blanked (warning) or the row
/// rejected (error).
struct CheckRule {
    std::string field;
    std::string code;
    std::string severity;
    std::string when; ///< SQL over the fields
};

/// A kind of record: where it goes and what is asked of it.
struct Kind {
    std::string name;
    std::string table; ///< of staging
    std::vector<FieldRule> fields;
    std::vector<std::string> key; ///< unique among the records of this kind; empty = none
    std::vector<CheckRule> checks;
    std::string warn_without_position; ///< reject code; empty = a position is not expected
    bool expects_position = false;     ///< no position costs the row
    [[nodiscard]] const FieldRule* field(std::string_view field_name) const;
    [[nodiscard]] bool has_position() const { return field("lon_deg") != nullptr; }
};

/// How a preset fills one kind.
struct Mapping {
    std::string kind;
    std::vector<std::pair<std::string, std::string>> fields; ///< our field = SQL over the inputs
    std::vector<std::string>
        optional;        ///< inputs that may be missing though a required field uses them
    std::string one_per; ///< field
    std::string where;   ///< SQL over the inputs
    std::string explode; ///< JSON: path of a list in each record, one row per entry
    std::string also;    ///< a further kind that the same rows fill, one per its key
};

/// What the columns of a format are called, and what they mean.
struct Preset {
    std::string name;
    std::string title;
    std::string licence;
    std::string attribution;
    std::string url;
    ReaderOptions reader;
    std::vector<std::string> delimiters; ///< that the format is known with, likeliest first
    std::string header = "always";       ///< always | never | if named: it holds a known name
    std::string keep_all;                ///< field that gets all columns as a JSON object
    std::vector<double> bounds; ///< lon_min, lat_min, lon_max, lat_max that positions must lie in
    /// Our name of an input and the names its column has had; "~" starts a regular expression.
    std::vector<std::pair<std::string, std::vector<std::string>>> inputs;
    std::vector<Mapping> mappings;
    [[nodiscard]] const Mapping* mapping(std::string_view kind) const;
};

/// A code of reference/reject_codes.toml.
struct RejectCode {
    std::string code;
    std::string message; ///< {field}, {value} and {limit} are filled in
};

/// \errors input: no such kind (the nearest is named); internal: its file is wrong
[[nodiscard]] Result<Kind> load_kind(std::string_view name);
/// \errors input: no such preset (the nearest is named); internal: its file is wrong
[[nodiscard]] Result<Preset> load_preset(std::string_view name);
[[nodiscard]] Result<std::vector<RejectCode>> load_reject_codes();
/// The names of all kinds and presets, sorted.
[[nodiscard]] std::vector<std::string> kind_names();
[[nodiscard]] std::vector<std::string> preset_names();

/// Parses the text of a preset or kind file; `name` is for messages.
[[nodiscard]] Result<Preset> parse_preset(std::string_view text, std::string_view name);
[[nodiscard]] Result<Kind> parse_kind(std::string_view text, std::string_view name);

} // namespace icmap::ingest
