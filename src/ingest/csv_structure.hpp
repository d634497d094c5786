#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::ingest {

/// How a delimited file is cut into records.
struct CsvDialect {
    char delimiter = ',';
    char quote = '"'; ///< '\0' = none
    std::uint32_t skip_lines = 0;
    bool has_header = true;
    bool one_column = false; ///< blank lines are records of one empty value
};

/// Where a record starts.
struct RecordPlace {
    std::uint64_t unit = 0;   ///< 1-based, blank lines and the header counted, as DuckDB counts
    std::uint64_t record = 0; ///< 1-based, the header and blank lines not counted
    std::uint64_t line = 0;   ///< 1-based line of the file
};

/// A place from which a file can be read again: the start of a record or a blank line.
struct CsvMark {
    std::uint64_t offset = 0; ///< bytes
    std::uint64_t units = 0;  ///< before it, as are the others
    std::uint64_t records = 0;
    std::uint64_t line = 1;
    std::uint32_t lines_to_skip = 0;
    bool after_cr = false; ///< the line ending may go on
};

/// What a delimited file looks like from outside, whatever its columns.
struct CsvStructure {
    std::uint64_t records = 0; ///< the header not counted
    std::uint64_t longest_record_bytes = 0;
    std::uint64_t longest_record_line = 0;
    bool ends_inside_quotes = false;
    std::uint64_t open_quote_line = 0; ///< of the record in which the file ends
    bool mixes_line_endings = false;   ///< between records
    bool has_nul = false;
    std::uint64_t first_nul_line = 0;
};

/// Cuts delimited text into records as RFC 4180 says, fed in pieces of any size: a quote opens a
/// value only at its beginning (blanks before it aside), a doubled quote is one quote, line
/// endings are LF, CRLF or CR. It counts what DuckDB's reader should find, independently of it,
/// and finds the physical lines of records: with it nothing can be lost silently.
/// \complexity linear; constant memory beside the places asked for
class CsvScanner {
  public:
    explicit CsvScanner(CsvDialect dialect);
    /// Goes on from a mark of another scanner: places are found, the structure is of no use.
    CsvScanner(CsvDialect dialect, const CsvMark& mark);

    /// Ask, before feeding, for the places of these records (1-based, ascending, distinct).
    void want_records(std::vector<std::uint64_t> records);
    /// The same, by unit.
    void want_units(std::vector<std::uint64_t> units);

    void feed(std::span<const char> bytes);
    /// The end of the file.
    void finish();

    [[nodiscard]] const CsvStructure& structure() const { return structure_; }
    /// Ascending: the beginning, and about every 16 KiB from there.
    [[nodiscard]] const std::vector<CsvMark>& marks() const { return marks_; }
    /// In ascending order; fewer than asked for if the file has fewer.
    [[nodiscard]] const std::vector<RecordPlace>& places() const { return places_; }

  private:
    enum class State : std::uint8_t { value_start, unquoted, quoted, after_quote };

    const char* skip_interior(const char* at, const char* end);
    const char* scan_plain(const char* at, const char* end);
    const char* scan_quoted(const char* at, const char* end);
    void end_unit();
    void start_unit(std::uint64_t offset);

    CsvDialect dialect_;
    std::array<bool, 256> special_{};
    State state_ = State::value_start;
    bool unit_is_blank_ = true;
    bool after_cr_ = false; ///< the last byte was CR outside quotes
    std::uint32_t lines_to_skip_;
    std::uint64_t offset_ = 0; ///< of the piece being fed
    std::uint64_t line_ = 1;
    std::uint64_t unit_line_ = 1;
    std::uint64_t unit_start_ = 0;
    std::uint64_t units_ = 0;
    std::uint64_t records_ = 0; ///< the header counted
    bool saw_lf_ = false;
    bool saw_crlf_ = false;
    bool saw_cr_ = false;
    std::vector<std::uint64_t> wanted_;
    bool wanted_are_units_ = false;
    std::size_t next_wanted_ = 0;
    CsvStructure structure_;
    std::vector<RecordPlace> places_;
    std::vector<CsvMark> marks_;
};

/// The values of the first record of a text, quotes taken off.
[[nodiscard]] std::vector<std::string> first_record(std::string_view text,
                                                    const CsvDialect& dialect);

/// Of comma, semicolon, tab and bar the one that cuts the first line into most values; '\0' if none
/// does.
[[nodiscard]] char likely_delimiter(std::string_view text);

} // namespace icmap::ingest
