#include "publish/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <vector>

namespace icmap::publish {
namespace {

/// The full-width forms are read as formulas where the keyboard has them.
constexpr std::array<std::string_view, 11> kFormulaStarts{"=",  "+",  "-",  "@",  "\t", "\r",
                                                          "\n", "＝", "＋", "－", "＠"};

bool is_number(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

bool is_formula(std::string_view text) {
    return std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                       [text](std::string_view start) { return text.starts_with(start); }) &&
           !is_number(text);
}

/// The query with every column as the text that the database prints for it; numbers that are none
/// are empty.
std::string as_texts(std::span<const store::ColumnInfo> columns, std::string_view query) {
    std::string list;
    for (const store::ColumnInfo& column : columns) {
        const std::string name = store::identifier(column.name);
        const char* form = column.type == store::ColumnType::real
                               ? "{}case when isfinite({}) then {}::varchar end as {}"
                               : "{0}{2}::varchar as {3}";
        list += fmt::format(fmt::runtime(form), list.empty() ? "" : ", ", name, name, name);
    }
    return fmt::format("select {} from ({})", list, query);
}

Error unwritable(const std::filesystem::path& file) {
    Error error;
    error.what = "The file cannot be written";
    error.file = file.string();
    error.remedy = "Check that the folder may be written to and that the disk is not full";
    return error;
}

std::string header(std::span<const store::ColumnInfo> columns, const Table& table) {
    std::vector<std::string> names;
    for (const store::ColumnInfo& column : columns) {
        names.push_back(column.name);
    }
    if (table.provenance) {
        const auto further = provenance_columns();
        names.insert(names.end(), further.begin(), further.end());
    }
    std::string line;
    append_csv_line(line, names);
    return line;
}

/// What every row ends with.
std::string row_end(const Table& table) {
    std::string end;
    append_csv_line(end,
                    table.provenance ? table.provenance->fields() : std::vector<std::string>());
    return table.provenance ? ',' + end : end;
}

std::string lines(const store::Chunk& chunk, const std::string& end) {
    std::string text;
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        for (std::size_t k = 0; k < chunk.column_count(); ++k) {
            text += k == 0 ? "" : ",";
            text += csv_field(chunk.text(k, row));
        }
        text += end;
    }
    return text;
}

} // namespace

std::string csv_field(std::string_view text) {
    std::string field(is_formula(text) ? "'" : "");
    field += text;
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

void append_csv_line(std::string& csv, std::span<const std::string> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        csv += i == 0 ? "" : ",";
        csv += csv_field(fields[i]);
    }
    csv += "\r\n";
}

std::span<const std::string> provenance_columns() {
    static const std::array<std::string, 2> kColumns{"data_source", "data_licence"};
    return kColumns;
}

Result<std::uint64_t> write_csv(store::Connection& atlas, const Table& table,
                                const Deadline& deadline, const std::filesystem::path& file) {
    ICMAP_ASSIGN(auto columns, atlas.describe(table.query));
    std::erase_if(columns, [](const auto& c) { return c.type == store::ColumnType::blob; });
    std::ofstream stream(file, std::ios::binary);
    stream << header(columns, table);
    const std::string end = row_end(table);
    std::uint64_t rows = 0;
    Result<void> in_time;
    ICMAP_TRY(atlas.read(as_texts(columns, table.query), [&](const store::Chunk& chunk) {
        in_time = in_time ? deadline.check() : in_time;
        if (in_time && stream) {
            stream << lines(chunk, end);
            rows += chunk.size();
        }
    }));
    ICMAP_TRY(in_time);
    if (!stream.flush()) {
        return tl::unexpected(unwritable(file));
    }
    return rows;
}

} // namespace icmap::publish
