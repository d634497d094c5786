#include "ingest/structural_fields.hpp"

#include "base/utf8.hpp"
#include "ingest/byte_stream.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <vector>

namespace icmap::ingest {
namespace {

constexpr std::size_t kMostRows = 100;
constexpr std::size_t kMostBytes = std::size_t{64} << 20U; ///< of one record
constexpr std::size_t kMostShown = 200;

bool has_a_field(const StructuralReject& reject) {
    return reject.code == "invalid_utf8" || reject.code == "row_too_long";
}

/// Hands out the records of a stream that start at given lines, whole.
class RecordsAtLines {
  public:
    /// \param marks places to go on from, of a file that is not packed
    RecordsAtLines(ByteStream stream, char quote, std::span<const CsvMark> marks)
        : stream_(std::move(stream)), quote_(quote), marks_(marks) {}

    /// The record that starts at the line, which lies behind all that were asked for before; empty
    /// where a stray quote in one of those ran on past the line.
    Result<std::string> at(std::uint64_t line) {
        if (line_ > line) {
            return std::string();
        }
        skip_to_mark(line);
        while (line_ < line) {
            ICMAP_ASSIGN(const bool is_there, skip_line());
            if (!is_there) {
                return std::string();
            }
        }
        std::string record;
        bool is_quoted = false;
        while (record.size() < kMostBytes) {
            ICMAP_ASSIGN(const bool is_there, fill());
            if (!is_there) {
                break;
            }
            const char c = bytes_.front();
            bytes_ = bytes_.subspan(1);
            line_ += c == '\n' ? 1U : 0U;
            if (c == '\n' && !is_quoted) {
                break;
            }
            is_quoted = is_quoted != (quote_ != '\0' && c == quote_);
            record += c;
        }
        return record;
    }

  private:
    Result<bool> fill() {
        if (bytes_.empty()) {
            ICMAP_ASSIGN(bytes_, stream_.next());
        }
        return !bytes_.empty();
    }
    void skip_to_mark(std::uint64_t line) {
        const auto after = std::upper_bound(
            marks_.begin(), marks_.end(), line,
            [](std::uint64_t wanted, const CsvMark& mark) { return wanted < mark.line; });
        if (after == marks_.begin()) {
            return;
        }
        const CsvMark& mark = *(after - 1);
        // Lines end with their LF here: after a CR one may still come.
        const std::uint64_t at = mark.line - (mark.after_cr ? 1U : 0U);
        if (at > line_) {
            stream_.skip_to(mark.offset);
            bytes_ = {};
            line_ = at;
        }
    }
    Result<bool> skip_line() {
        ICMAP_ASSIGN(const bool is_there, fill());
        if (!is_there) {
            return false;
        }
        const auto end = std::find(bytes_.begin(), bytes_.end(), '\n');
        const bool is_whole = end != bytes_.end();
        line_ += is_whole ? 1U : 0U;
        bytes_ =
            bytes_.subspan(static_cast<std::size_t>(end - bytes_.begin()) + (is_whole ? 1U : 0U));
        return true;
    }
    ByteStream stream_;
    char quote_;
    std::span<const CsvMark> marks_;
    std::span<const char> bytes_;
    std::uint64_t line_ = 1;
};

/// Which of the values is the one at fault.
std::size_t at_fault(const StructuralReject& reject, const std::vector<std::string>& values) {
    const auto found =
        reject.code == "invalid_utf8"
            ? std::find_if(values.begin(), values.end(),
                           [](const std::string& value) { return !is_utf8(value); })
            : std::max_element(values.begin(), values.end(),
                               [](const auto& a, const auto& b) { return a.size() < b.size(); });
    return static_cast<std::size_t>(found - values.begin());
}

/// The start of a value as far as it is shown, no letter of it cut in two.
std::string_view shown_part(std::string_view value) {
    const auto goes_on = [value](std::size_t at) {
        return at < value.size() && (static_cast<unsigned char>(value[at]) & 0xC0U) == 0x80U;
    };
    std::size_t end = kMostShown;
    while (goes_on(end) && end > kMostShown - 3) {
        --end;
    }
    return value.substr(0, goes_on(end) ? kMostShown : end);
}

} // namespace

std::string with_escapes(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < 4 && length < text.size() && !is_utf8(text.substr(0, length))) {
            ++length;
        }
        if (is_utf8(text.substr(0, length))) {
            out += text.substr(0, length);
            text.remove_prefix(length);
        } else {
            out += fmt::format("\\x{:02X}",
                               static_cast<unsigned>(static_cast<unsigned char>(text[0])));
            text.remove_prefix(1);
        }
    }
    return out;
}

Result<void> name_fields(FileRead& file) {
    if (std::none_of(file.structural.begin(), file.structural.end(), has_a_field)) {
        return {};
    }
    ICMAP_ASSIGN(ByteStream stream, ByteStream::open(file.path));
    const bool is_packed_file = is_packed(file.path);
    RecordsAtLines records(std::move(stream), file.csv->dialect.quote,
                           is_packed_file ? std::span<const CsvMark>() : file.marks);
    CsvDialect dialect = file.csv->dialect;
    dialect.skip_lines = 0;
    std::size_t looked_at = 0;
    for (std::size_t i = 0; i < file.structural.size() && looked_at < kMostRows; ++i) {
        StructuralReject& reject = file.structural[i];
        if (!has_a_field(reject)) {
            continue;
        }
        ++looked_at;
        ICMAP_ASSIGN(const std::string record, records.at(file.places[i].line));
        const std::vector<std::string> values = first_record(record, dialect);
        const std::size_t column = at_fault(reject, values);
        if (column >= values.size() || column >= file.csv->columns.size()) {
            continue;
        }
        reject.field = file.csv->columns[column];
        if (reject.code == "invalid_utf8") {
            reject.value = with_escapes(shown_part(values[column]));
        }
    }
    return {};
}

} // namespace icmap::ingest
