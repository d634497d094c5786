#include "store/csv_file.hpp"

#include "store/stream.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <vector>

namespace icmap::store {
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
std::string as_texts(std::span<const ColumnInfo> columns, std::string_view query) {
    std::string list;
    for (const ColumnInfo& column : columns) {
        const std::string name = identifier(column.name);
        const char* form = column.type == ColumnType::real
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

std::string header(std::span<const ColumnInfo> columns, const CsvEnding& ending) {
    std::vector<std::string> names;
    for (const ColumnInfo& column : columns) {
        names.push_back(column.name);
    }
    names.insert(names.end(), ending.names.begin(), ending.names.end());
    std::string line;
    append_csv_line(line, names);
    return line;
}

/// What every row ends with.
std::string row_end(const CsvEnding& ending) {
    std::string end;
    append_csv_line(end, ending.values);
    return ending.values.empty() ? end : ',' + end;
}

std::string lines(const Chunk& chunk, const std::string& end) {
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

Result<std::uint64_t> write_csv_file(Connection& connection, std::string_view query,
                                     const CsvEnding& ending, const Deadline& deadline,
                                     const std::filesystem::path& file) {
    ICMAP_ASSIGN(auto columns, connection.describe(query));
    std::erase_if(columns, [](const auto& c) { return c.type == ColumnType::blob; });
    std::ofstream output(file, std::ios::binary);
    output << header(columns, ending);
    const std::string end = row_end(ending);
    std::uint64_t rows = 0;
    Result<void> in_time;
    ICMAP_TRY(stream(connection, as_texts(columns, query), [&](const Chunk& chunk) {
        in_time = in_time ? deadline.check() : in_time;
        if (in_time && output) {
            output << lines(chunk, end);
            rows += chunk.size();
        }
    }));
    ICMAP_TRY(in_time);
    if (!output.flush()) {
        return tl::unexpected(unwritable(file));
    }
    return rows;
}

} // namespace icmap::store
