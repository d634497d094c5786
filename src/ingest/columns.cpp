#include "ingest/columns.hpp"

#include "base/nearest.hpp"
#include "base/together.hpp"
#include "base/words.hpp"
#include "ingest/mapping_faults.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <regex>
#include <set>

namespace icmap::ingest {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// JSON: every path an input may have, the first that holds something wins.
std::string json_input(const std::vector<std::string>& names) {
    std::vector<std::string> reads;
    for (const std::string& name : names) {
        if (name.starts_with("$$")) {
            reads.push_back(fmt::format("(entry ->> {})", store::sql_literal(name.substr(1))));
        } else if (name.starts_with("$")) {
            reads.push_back(fmt::format("(record ->> {})", store::sql_literal(name)));
        } else if (!name.starts_with("~")) {
            reads.push_back(
                fmt::format("(record ->> {})", store::sql_literal("$.\"" + name + "\"")));
        }
    }
    return reads.empty() ? "null::varchar" : fmt::format("coalesce({})", fmt::join(reads, ", "));
}

/// JSON: our field, read from the key of the same name or the one that the project file gives. A
/// list may be an array, or one value as in a cell of a table.
std::string json_field(const FieldRule* rule, const std::string& key) {
    const std::string path = store::sql_literal("$.\"" + key + "\"");
    const bool is_list = rule != nullptr && (rule->type == "text_list" || rule->type == "sic_list");
    if (!is_list) {
        return fmt::format("(record ->> {})", path);
    }
    return fmt::format("case when json_type(record, {0}) = 'ARRAY' then try_cast(record -> {0} as "
                       "varchar[]) else {1}(record ->> {0}) end",
                       path, rule->type == "sic_list" ? "split_comma_list" : "split_list");
}

bool is_plain_name(std::string_view expression) {
    return std::all_of(expression.begin(), expression.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == ' ';
    });
}

/// A column as a field: of a list in one cell (text, or a list column of Parquet) the items.
std::string column_as(const FieldRule* rule, const std::string& column) {
    const std::string name = store::identifier(column);
    if (rule == nullptr || !(rule->type == "text_list" || rule->type == "sic_list")) {
        return name;
    }
    return fmt::format("{}(trim(({})::varchar, '[]'))",
                       rule->type == "sic_list" ? "split_comma_list" : "split_list", name);
}

/// The fields with their SQL: what the project file says, else the preset, else (format "table")
/// the column of the same name.
std::vector<FieldSource> field_sources(const Target& target,
                                       const std::vector<std::string>& columns) {
    std::vector<FieldSource> fields;
    std::set<std::string> given;
    for (const auto& [field, expression] : target.source.columns) {
        FieldSource entry{field, expression, true};
        if (const auto column = find_column({expression}, columns)) {
            entry.expression = column_as(target.kind.field(field), *column);
        } else if (target.is_json && is_plain_name(expression)) {
            entry.expression = json_field(target.kind.field(field), expression);
        }
        fields.push_back(std::move(entry));
        given.insert(field);
    }
    for (const auto& [field, expression] : target.mapping.fields) {
        if (given.insert(field).second) {
            fields.push_back({field, expression, false});
        }
    }
    if (target.mapping.fields.empty()) {
        for (const FieldRule& rule : target.kind.fields) {
            if (target.is_json && given.insert(rule.name).second) {
                fields.push_back({rule.name, json_field(&rule, rule.name), true});
                continue;
            }
            const auto column = find_column({rule.name}, columns);
            if (column && given.insert(rule.name).second) {
                fields.push_back({rule.name, column_as(&rule, *column), true});
            }
        }
    }
    return fields;
}

std::string usual_name(const std::string& input, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        if (!name.starts_with("~") && !name.starts_with("$")) {
            return name;
        }
    }
    return input;
}

/// A column that the file lacks, and our field that is made of it.
struct MissingColumn {
    std::string wanted;
    std::string field;
};

/// The columns of a file, and those that nothing is made of yet: which a wanted one may be.
struct FileColumns {
    const std::vector<std::string>& all;
    std::vector<std::string> free;
};

Error missing_column(const MissingColumn& missing, const FileColumns& columns) {
    Error error;
    error.what = missing.wanted == missing.field
                     ? fmt::format("The column {} is missing", missing.wanted)
                     : fmt::format("The column {} is missing, which {} is made of", missing.wanted,
                                   missing.field);
    error.field = missing.wanted;
    const auto nearest = nearest_word(missing.wanted, columns.free);
    error.remedy = nearest
                       ? fmt::format("Is it the column \"{}\"? Then write {} = \"{}\" under "
                                     "[source.columns]",
                                     *nearest, missing.field, *nearest)
                       : fmt::format("The file has these columns: {}. Say which one it is under "
                                     "[source.columns]",
                                     fmt::join(columns.all, ", "));
    return error;
}

/// One error for all columns that a file lacks.
Error missing_columns(const std::string& file, const std::vector<MissingColumn>& missing,
                      const FileColumns& columns) {
    Error error;
    if (missing.size() == 1) {
        error = missing_column(missing.front(), columns);
    } else {
        error.what = fmt::format("{} columns are missing", missing.size());
        std::vector<std::string> all;
        for (const MissingColumn& each : missing) {
            all.push_back(each.wanted);
            error.what += fmt::format("{} {}", all.size() == 1 ? ":" : ";", each.wanted);
            if (each.wanted != each.field) {
                error.what += fmt::format(", which {} is made of", each.field);
            }
            if (const auto nearest = nearest_word(each.wanted, columns.free)) {
                error.what += fmt::format(" (is it \"{}\"?)", *nearest);
            }
        }
        error.field = fmt::format("{}", fmt::join(all, ", "));
        error.remedy = fmt::format("The file has these columns: {}. Say under [source.columns] "
                                   "which ones they are",
                                   fmt::join(columns.all, ", "));
    }
    error.file = file;
    return error;
}

/// What the file lacks, and beside it the mappings that name columns which it lacks as well.
Error all_missing(const Target& target, const std::vector<std::string>& columns,
                  const Error& of_the_file) {
    std::vector<Error> errors{of_the_file};
    for (Error& wrong :
         as_errors(names_not_found(target, columns), target, columns, of_the_file.file)) {
        errors.push_back(std::move(wrong));
    }
    return together(
        fmt::format("{} fit source and file together:", counted(errors.size(), "fault")), errors);
}

/// Fields that the kind cannot do without and that nothing is said of.
std::vector<MissingColumn> fields_not_given(const Kind& kind,
                                            const std::vector<std::string>& provided) {
    std::vector<MissingColumn> missing;
    for (const FieldRule& rule : kind.fields) {
        if (rule.required && rule.default_value.empty() && !contains(provided, rule.name)) {
            missing.push_back({rule.name, rule.name});
        }
    }
    if (kind.expects_position && !(contains(provided, "x_m") && contains(provided, "y_m"))) {
        for (const char* field : {"lon_deg", "lat_deg"}) {
            if (!contains(provided, field)) {
                missing.push_back({field, field});
            }
        }
    }
    return missing;
}

/// Every column as published, in one object; the geometry has a field of its own.
std::string all_columns_as_json(const std::vector<std::pair<std::string, std::string>>& inputs,
                                const std::vector<std::string>& columns) {
    std::vector<std::string> parts;
    for (const std::string& column : columns) {
        const std::string quoted = store::identifier(column);
        const bool is_geometry = std::any_of(inputs.begin(), inputs.end(), [&](const auto& input) {
            return input.first == "geometry" && input.second == quoted;
        });
        if (!is_geometry) {
            parts.push_back(fmt::format("{}, {}", store::sql_literal(column), quoted));
        }
    }
    return fmt::format("json_object({})::varchar", fmt::join(parts, ", "));
}

bool is_required(const Target& target, const std::string& field) {
    const FieldRule* rule = target.kind.field(field);
    return (rule != nullptr && rule->required) ||
           (target.kind.expects_position &&
            (field == "lon_deg" || field == "lat_deg" || field == "x_m" || field == "y_m"));
}

} // namespace

std::optional<std::string> find_column(const std::vector<std::string>& names,
                                       const std::vector<std::string>& columns) {
    for (const std::string& name : names) {
        if (name.starts_with("~")) {
            const std::regex pattern(name.substr(1), std::regex::icase);
            for (const std::string& column : columns) {
                if (std::regex_match(column, pattern)) {
                    return column;
                }
            }
            continue;
        }
        const std::string wanted = lower(trimmed(name));
        for (const std::string& column : columns) {
            if (lower(column) == wanted) {
                return column;
            }
        }
    }
    return std::nullopt;
}

std::vector<std::string> column_names(std::vector<std::string> cells) {
    std::set<std::string> used;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string name(trimmed(cells[i]));
        std::erase(name, '\0');
        if (name.empty()) {
            name = fmt::format("column {}", i + 1);
        }
        const std::string base = name;
        for (int n = 2; !used.insert(lower(name)).second; ++n) {
            name = fmt::format("{} {}", base, n);
        }
        cells[i] = std::move(name);
    }
    return cells;
}

std::vector<std::string> identifiers_of(std::string_view expression) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < expression.size();) {
        const char c = expression[i];
        if (c == '\'' || c == '"') {
            std::size_t end = expression.find(c, i + 1);
            end = end == std::string_view::npos ? expression.size() : end;
            if (c == '"') {
                names.emplace_back(expression.substr(i + 1, end - i - 1));
            }
            i = end + 1;
        } else if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_') {
            std::size_t end = i;
            while (end < expression.size() &&
                   (std::isalnum(static_cast<unsigned char>(expression[end])) != 0 ||
                    expression[end] == '_')) {
                ++end;
            }
            names.emplace_back(expression.substr(i, end - i));
            i = end;
        } else {
            ++i;
        }
    }
    return names;
}

Result<MatchedColumns> match_columns(const Target& target, const std::vector<std::string>& columns,
                                     const std::string& file, std::uint64_t header_line) {
    MatchedColumns matched;
    matched.fields = field_sources(target, columns);
    std::set<std::string> needed;   // inputs that the fields use
    std::set<std::string> demanded; // of these, the ones without which there are no records
    std::set<std::string> used_columns;
    std::vector<std::string> provided;
    const auto note = [&](const std::string& expression, bool demand) {
        for (const std::string& name : identifiers_of(expression)) {
            needed.insert(name);
            if (demand && !contains(target.mapping.optional, name)) {
                demanded.insert(name);
            }
        }
    };
    for (const FieldSource& field : matched.fields) {
        provided.push_back(field.field);
        if (!field.over_source) {
            note(field.expression, is_required(target, field.field));
            continue;
        }
        for (const std::string& name : identifiers_of(field.expression)) {
            if (const auto column = find_column({name}, columns)) {
                used_columns.insert(*column);
            }
        }
    }
    note(target.mapping.where, false);
    std::vector<MissingColumn> missing;
    for (const auto& [input, names] : target.preset.inputs) {
        if (!needed.contains(input)) {
            continue;
        }
        if (target.is_json) {
            matched.inputs.emplace_back(input, json_input(names));
            continue;
        }
        const auto column = find_column(names, columns);
        if (column) {
            matched.inputs.emplace_back(input, store::identifier(*column));
            used_columns.insert(*column);
            continue;
        }
        const std::string usual = usual_name(input, names);
        if (demanded.contains(input)) {
            std::string field = input;
            for (const FieldSource& f : matched.fields) {
                if (contains(identifiers_of(f.expression), input)) {
                    field = f.field;
                    break;
                }
            }
            missing.push_back({usual, field});
            continue;
        }
        matched.inputs.emplace_back(input, "null::varchar");
        matched.missing.push_back(usual);
    }
    const std::vector<MissingColumn> more = fields_not_given(target.kind, provided);
    missing.insert(missing.end(), more.begin(), more.end());
    matched.has_wrong_names = !names_not_found(target, columns).empty();
    if (!missing.empty()) {
        FileColumns of_file{columns, {}};
        std::copy_if(columns.begin(), columns.end(), std::back_inserter(of_file.free),
                     [&](const std::string& column) { return !used_columns.contains(column); });
        Error of_the_file = missing_columns(file, missing, of_file);
        of_the_file.line = header_line;
        return tl::unexpected(all_missing(target, columns, of_the_file));
    }
    if (const std::string& field = target.preset.keep_all;
        !field.empty() && target.kind.field(field) != nullptr && !target.is_json) {
        matched.fields.push_back({field, all_columns_as_json(matched.inputs, columns), true});
    }
    for (const std::string& column : columns) {
        (used_columns.contains(column) ? matched.found : matched.ignored).push_back(column);
    }
    return matched;
}

} // namespace icmap::ingest
