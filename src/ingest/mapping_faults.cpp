#include "ingest/mapping_faults.hpp"

#include "base/nearest.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>

namespace icmap::ingest {
namespace {

/// Words that make a text without any sign an expression all the same: "a is not null".
constexpr std::array<std::string_view, 14> kSqlWords{
    "and",  "or",    "not",  "is",      "in",    "like",     "null",
    "true", "false", "case", "between", "ilike", "interval", "current_date"};

/// True if the text can only be meant as the name of a column: words, no sign of SQL, no number.
bool is_mere_name(std::string_view expression) {
    if (expression.empty() || std::isdigit(static_cast<unsigned char>(expression[0])) != 0 ||
        expression.find_first_of("()[]{}'\"|+*<>=:,;-/%$#!") != std::string_view::npos) {
        return false;
    }
    const std::vector<std::string> words = identifiers_of(expression);
    return std::none_of(words.begin(), words.end(), [](const std::string& word) {
        std::string small = word;
        std::transform(small.begin(), small.end(), small.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return std::find(kSqlWords.begin(), kSqlWords.end(), small) != kSqlWords.end();
    });
}

/// One setting of a source: "columns.name" or "where", its text and its line.
struct Setting {
    std::string key;
    std::string text;
    std::uint32_t line = 0;
};

Setting setting_of(const Source& source, const std::string& field) {
    const auto line = source.column_lines.find(field);
    return {"columns." + field, source.columns.at(field),
            line == source.column_lines.end() ? source.project_line : line->second};
}

Error error_at(const Setting& setting, const Source& source) {
    Error error;
    error.file = source.project_file;
    error.line = setting.line;
    error.field = "source." + setting.key;
    return error;
}

std::string listed(const std::vector<std::string>& columns, std::string_view what) {
    return columns.empty()
               ? std::string()
               : fmt::format("The file has these {}: {}", what, fmt::join(columns, ", "));
}

/// \param is_whole the setting is that name and nothing else
Error no_such_column(const Setting& setting, const Target& target, const std::string& name,
                     const std::vector<std::string>& columns, const std::string& file,
                     bool is_whole) {
    Error error = error_at(setting, target.source);
    error.what =
        fmt::format("There is no {} \"{}\" in {}", target.is_json ? "key" : "column", name, file);
    error.value = setting.text;
    const auto nearest = nearest_word(name, columns);
    if (!nearest) {
        error.remedy = listed(columns, target.is_json ? "keys" : "columns");
    } else if (is_whole) {
        error.remedy = fmt::format("Did you mean \"{}\"?", *nearest);
    } else {
        error.remedy = fmt::format("Did you mean {}? In an expression, names with blanks or signs "
                                   "need double quotes",
                                   store::identifier(*nearest));
    }
    return error;
}

/// The column that the database missed, from its message.
std::optional<std::string> missed_column(std::string_view reason) {
    constexpr std::string_view kBegin = "Referenced column \"";
    const std::size_t begin = reason.find(kBegin);
    if (begin == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = reason.substr(begin + kBegin.size());
    return std::string(rest.substr(0, rest.find("\" not found")));
}

/// Where the database's message is worth showing, its first sentence.
Error not_worked_out(const Setting& setting, const Target& target, const std::string& reason,
                     const std::vector<std::string>& columns, const std::string& file) {
    Error error = error_at(setting, target.source);
    error.value = setting.text;
    if (reason.find("syntax error") != std::string::npos) {
        error.what = fmt::format("This is neither a column of {} nor an SQL expression", file);
        const auto nearest = nearest_word(setting.text, columns);
        error.remedy = nearest ? fmt::format("Did you mean \"{}\"?", *nearest)
                               : "Names of columns with blanks or signs need double quotes, texts "
                                 "single ones";
        return error;
    }
    error.what = fmt::format("This SQL expression cannot be worked out over {}: {}", file,
                             reason.substr(0, reason.find(" Candidate ")));
    error.remedy = "Check the functions in it and what they are given";
    return error;
}

/// All that is wrong with one expression: columns that are missed are made up one after the other,
/// until the database finds no other.
void add_faults(std::vector<Error>& all, store::Connection& connection, const Setting& setting,
                const Target& target, const std::vector<std::string>& columns,
                std::string_view relation, const std::string& file) {
    constexpr int kMost = 20;
    std::string made_up;
    for (int i = 0; i < kMost; ++i) {
        const auto described = connection.describe(fmt::format(
            "select ({}) as made from (select *{} from {})", setting.text, made_up, relation));
        if (described) {
            return;
        }
        const auto missed = missed_column(described.error().what);
        if (!missed) {
            if (made_up.empty()) {
                all.push_back(
                    not_worked_out(setting, target, described.error().what, columns, file));
            }
            return;
        }
        all.push_back(no_such_column(setting, target, *missed, columns, file, false));
        made_up += fmt::format(", null::varchar as {}", store::identifier(*missed));
    }
}

} // namespace

std::vector<WrongMapping> names_not_found(const Target& target,
                                          const std::vector<std::string>& columns) {
    std::vector<WrongMapping> wrong;
    if (target.is_json) {
        return wrong;
    }
    for (const auto& [field, expression] : target.source.columns) {
        if (is_mere_name(expression) && !find_column({expression}, columns)) {
            wrong.push_back({field, expression});
        }
    }
    return wrong;
}

std::vector<Error> as_errors(const std::vector<WrongMapping>& wrong, const Target& target,
                             const std::vector<std::string>& columns, const std::string& file) {
    std::vector<Error> errors;
    for (const WrongMapping& each : wrong) {
        errors.push_back(no_such_column(setting_of(target.source, each.field), target, each.name,
                                        columns, file, true));
    }
    return errors;
}

std::vector<Error> mapping_faults(store::Connection& connection, const Target& target,
                                  const std::vector<std::string>& columns,
                                  std::string_view relation, const std::string& file) {
    const std::vector<WrongMapping> wrong = names_not_found(target, columns);
    std::vector<Error> all = as_errors(wrong, target, columns, file);
    const auto is_told = [&wrong](const std::string& field) {
        return std::any_of(wrong.begin(), wrong.end(),
                           [&field](const WrongMapping& each) { return each.field == field; });
    };
    for (const auto& [field, expression] : target.source.columns) {
        if (!is_told(field) && !find_column({expression}, columns)) {
            add_faults(all, connection, setting_of(target.source, field), target, columns, relation,
                       file);
        }
    }
    if (!target.source.where.empty()) {
        const std::uint32_t line = target.source.where_line;
        add_faults(all, connection, {"where", target.source.where, line}, target, columns, relation,
                   file);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Error& a, const Error& b) { return a.line < b.line; });
    return all;
}

Result<std::vector<Error>> keys_not_found(store::Connection& connection, const Target& target,
                                          std::string_view records, const std::string& file) {
    std::vector<WrongMapping> wrong;
    for (const auto& [field, key] : target.source.columns) {
        if (!is_mere_name(key)) {
            continue;
        }
        ICMAP_ASSIGN(
            const auto found,
            connection.integer(fmt::format(
                "select count(*) from (select 1 from {} where json_exists(record, {}) limit 1)",
                records, store::sql_literal("$.\"" + key + "\""))));
        if (found == 0) {
            wrong.push_back({field, key});
        }
    }
    if (wrong.empty()) {
        return std::vector<Error>{};
    }
    std::vector<std::string> keys;
    ICMAP_TRY(connection.read(
        fmt::format("select distinct unnest(json_keys(record)) as key from (select record from {} "
                    "where record is not null limit 10000) order by key",
                    records),
        [&keys](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                keys.emplace_back(chunk.text(0, row));
            }
        }));
    return keys.empty() ? std::vector<Error>{} : as_errors(wrong, target, keys, file);
}

} // namespace icmap::ingest
