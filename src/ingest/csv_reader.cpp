#include "ingest/csv_reader.hpp"

#include "base/progress.hpp"
#include "base/utf8.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeadBytes = std::size_t{1} << 20;

Error file_error(const fs::path& path, std::string what, std::string remedy,
                 std::uint64_t line = 0) {
    Error error;
    error.file = path.string();
    error.line = line;
    error.what = std::move(what);
    error.remedy = std::move(remedy);
    return error;
}

char sign_of(const std::string& name) {
    if (name == "tab" || name == "\\t") {
        return '\t';
    }
    if (name == "none") {
        return '\x1f'; // a sign that no text holds
    }
    return name.empty() ? ',' : name[0];
}

std::string name_of(char delimiter) {
    switch (delimiter) {
    case '\t':
        return "tab";
    case '\x1f':
        return "none";
    default:
        return std::string(1, delimiter);
    }
}

/// The delimiters to try, likeliest first: the project file's, the preset's, the ending's.
std::vector<char> delimiters(const Target& target, const fs::path& path) {
    if (!target.source.reader.delimiter.empty()) {
        return {sign_of(target.source.reader.delimiter)};
    }
    std::vector<char> signs;
    for (const std::string& name : target.preset.delimiters) {
        signs.push_back(sign_of(name));
    }
    const std::string ending = plain_extension(path);
    const bool is_tabbed = ending == "tsv" || ending == "tab" || ending == "txt";
    if (signs.empty()) {
        signs.push_back(is_tabbed ? '\t' : ',');
    } else if (is_tabbed) {
        std::stable_partition(signs.begin(), signs.end(), [](char c) { return c == '\t'; });
    }
    return signs;
}

/// Text as UTF-8: bytes that are not are taken for Latin-1.
std::string as_utf8(const std::string& text, bool is_latin) {
    if (!is_latin) {
        return text;
    }
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

bool holds_known_name(const Target& target, const std::vector<std::string>& cells) {
    const auto names = column_names(cells);
    return std::any_of(target.preset.inputs.begin(), target.preset.inputs.end(),
                       [&](const auto& input) { return find_column(input.second, names); });
}

Error wrong_delimiter(const Target& target, const CsvFile& file, char looks_like,
                      const Error& missing) {
    Error error;
    error.file = file.path.string();
    error.field = missing.field;
    error.line = file.dialect.skip_lines + 1;
    error.what =
        fmt::format("Cut at \"{}\" the first line has {}, but it looks as if the delimiter were "
                    "\"{}\"",
                    name_of(file.dialect.delimiter), counted(file.columns.size(), "column"),
                    name_of(looks_like));
    error.remedy = fmt::format("Write delimiter = \"{}\" in the [[source]] at line {}",
                               name_of(looks_like), target.source.project_line);
    return error;
}

} // namespace

std::string csv_relation(const CsvFile& file) {
    std::vector<std::string> types;
    for (const std::string& column : file.columns) {
        types.push_back(fmt::format("{}: 'varchar'", store::sql_literal(column)));
    }
    const std::string quote =
        file.dialect.quote == '\0' ? std::string() : std::string(1, file.dialect.quote);
    const std::string ending = file.path.extension().string();
    const char* packing = ending == ".gz" ? "gzip" : ending == ".zst" ? "zstd" : "none";
    return fmt::format("read_csv({}, auto_detect = false, header = {}, skip = {}, delim = {}, "
                       "quote = {}, escape = {}, columns = {{{}}}, compression = '{}', "
                       "encoding = {}, max_line_size = {}, buffer_size = 33554432, "
                       "store_rejects = true)",
                       store::file_literal(file.path), file.dialect.has_header,
                       file.dialect.skip_lines,
                       store::sql_literal(std::string(1, file.dialect.delimiter)),
                       store::sql_literal(quote), store::sql_literal(quote), fmt::join(types, ", "),
                       packing, store::sql_literal(file.encoding), kLongestRecordBytes);
}

namespace {

/// The file and its column names, cut at that delimiter.
CsvFile with_delimiter(const Target& target, const fs::path& path, const std::string& head,
                       char delimiter) {
    CsvFile file;
    file.path = path;
    file.encoding = target.source.reader.encoding.empty() ? "utf-8" : target.source.reader.encoding;
    file.dialect.delimiter = delimiter;
    file.dialect.skip_lines = target.source.reader.skip_lines;
    const std::string& quote = target.source.reader.quote.empty() ? target.preset.reader.quote
                                                                  : target.source.reader.quote;
    file.dialect.quote = quote == "none" ? '\0' : quote.empty() ? '"' : quote[0];
    std::vector<std::string> cells = first_record(head, file.dialect);
    for (std::string& cell : cells) {
        cell = as_utf8(cell, file.encoding == "latin-1" || !is_utf8(cell));
    }
    file.dialect.has_header =
        target.preset.header == "always" ||
        (target.preset.header == "if named" && holds_known_name(target, cells));
    file.dialect.one_column = cells.size() == 1;
    if (!file.dialect.has_header) {
        std::fill(cells.begin(), cells.end(), std::string());
    }
    file.columns = column_names(std::move(cells));
    return file;
}

/// True if another delimiter cuts the first line into more columns.
bool looks_cut_elsewhere(const CsvFile& file, const std::string& head) {
    const char looks_like = likely_delimiter(head);
    return looks_like != '\0' && looks_like != file.dialect.delimiter &&
           first_record(head, {.delimiter = looks_like}).size() > file.columns.size();
}

/// What to say of a file whose columns are not those of the format: that it looks as if it were cut
/// at another sign, or which column is missing.
Error explained(const Target& target, const CsvFile& file, const std::string& head,
                const Error& missing) {
    if (looks_cut_elsewhere(file, head)) {
        return wrong_delimiter(target, file, likely_delimiter(head), missing);
    }
    return missing;
}

} // namespace

Result<std::pair<CsvFile, MatchedColumns>> open_csv(const Target& target, const fs::path& path) {
    ICMAP_ASSIGN(const std::string head, read_head(path, kHeadBytes));
    if (head.find_first_not_of("\r\n \t\xEF\xBB\xBF") == std::string::npos) {
        return tl::unexpected(file_error(path, "The file is empty",
                                         "Download or export it again, or take the source out"));
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        return tl::unexpected(
            file_error(path, "The file is UTF-16", "Save it as UTF-8 (\"CSV UTF-8\")", 1));
    }
    std::optional<Error> first_error;
    CsvFile first_file;
    for (const char delimiter : delimiters(target, path)) {
        CsvFile file = with_delimiter(target, path, head, delimiter);
        auto matched =
            match_columns(target, file.columns, path.string(), file.dialect.skip_lines + 1);
        if (matched && !(matched->has_wrong_names && looks_cut_elsewhere(file, head))) {
            file.relation = csv_relation(file);
            return std::pair(std::move(file), std::move(*matched));
        }
        if (!first_error) {
            first_error = matched ? Error{} : std::move(matched).error();
            first_file = std::move(file);
        }
    }
    return tl::unexpected(explained(target, first_file, head, *first_error));
}

Result<std::vector<StructuralReject>> take_structural_rejects(store::Connection& connection,
                                                              std::size_t columns) {
    static const std::map<std::string, std::string, std::less<>> codes{
        {"MISSING COLUMNS", "too_few_values"}, {"TOO MANY COLUMNS", "too_many_values"},
        {"UNQUOTED VALUE", "bad_quotes"},      {"LINE SIZE OVER MAXIMUM", "row_too_long"},
        {"INVALID ENCODING", "invalid_utf8"},
    };
    std::vector<StructuralReject> rejects;
    ICMAP_TRY(connection.read(
        "select line, min_by(error_type::varchar, coalesce(column_idx, 0)), "
        "left(min_by(csv_line, coalesce(column_idx, 0)), 200), min_by(error_message, "
        "coalesce(column_idx, 0)) "
        "from reject_errors group by line order by line",
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                StructuralReject reject;
                reject.unit = chunk.column<std::uint64_t>(0)[row];
                const auto code = codes.find(chunk.text(1, row));
                reject.code = code == codes.end() ? "bad_row" : code->second;
                reject.value = chunk.text(2, row);
                while (!reject.value.empty() &&
                       (reject.value.back() == '\n' || reject.value.back() == '\r')) {
                    reject.value.pop_back();
                }
                const std::size_t begin = reject.value.find_first_not_of("\r\n");
                reject.value.erase(0, begin == std::string::npos ? 0 : begin);
                reject.limit = reject.code == "row_too_long" ? std::to_string(kLongestRecordBytes)
                               : reject.code == "bad_row"    ? std::string(chunk.text(3, row))
                                                             : std::to_string(columns);
                rejects.push_back(std::move(reject));
            }
        }));
    return rejects;
}

namespace {

/// The fault of the whole file that explains why its rows cannot be told apart, if there is one.
std::optional<Error> fault_of(const CsvFile& file, const CsvStructure& structure) {
    if (structure.ends_inside_quotes) {
        return file_error(file.path,
                          "A quote is opened in the record that starts here and never closed: "
                          "everything after it is one value",
                          "Close or double the quote", structure.open_quote_line);
    }
    if (structure.mixes_line_endings) {
        return file_error(file.path, "The file mixes line endings (LF, CRLF, CR) between its rows",
                          "Convert it to one of them, for example with dos2unix");
    }
    if (structure.longest_record_bytes > kLongestRecordBytes) {
        return file_error(file.path,
                          fmt::format("The record that starts here is {} bytes long; the limit is "
                                      "{}",
                                      structure.longest_record_bytes, kLongestRecordBytes),
                          "Look for a missing quote or line break there",
                          structure.longest_record_line);
    }
    return std::nullopt;
}

} // namespace

Result<void> check_nothing_lost(const CsvFile& file, const CsvStructure& structure,
                                std::uint64_t read_records) {
    if (structure.ends_inside_quotes) {
        return tl::unexpected(*fault_of(file, structure));
    }
    if (read_records == structure.records) {
        return {};
    }
    if (auto fault = fault_of(file, structure)) {
        return tl::unexpected(std::move(*fault));
    }
    return tl::unexpected(file_error(
        file.path,
        fmt::format("The file has {}, but {} could be read", counted(structure.records, "record"),
                    grouped(read_records)),
        "Its quotes are likely to be irregular; write it again with every quote inside a value "
        "doubled"));
}

Error csv_failure(const CsvFile& file, const CsvStructure& structure, const std::string& reason) {
    if (auto fault = fault_of(file, structure)) {
        return *fault;
    }
    return file_error(
        file.path, fmt::format("The file cannot be read: {}", reason.substr(0, reason.find('\n'))),
        "Look at the file, its delimiter and its quotes");
}

} // namespace icmap::ingest
