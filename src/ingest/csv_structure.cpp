#include "ingest/csv_structure.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace icmap::ingest {

namespace {

constexpr std::ptrdiff_t kBlock = 64;
constexpr std::uint64_t kMarkBytes = std::uint64_t{16} << 10U;

/// Where in the next 64 bytes a sign stands, one bit a byte.
std::uint64_t where(const char* at, char sign) {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8(sign);
    for (unsigned i = 0; i < 4; ++i) {
        const __m128i bytes =
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + std::ptrdiff_t{16} * i));
        const auto bits =
            static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
        mask |= std::uint64_t{bits} << (16U * i);
    }
#else
    for (unsigned i = 0; i < kBlock; ++i) {
        mask |= std::uint64_t{at[i] == sign ? 1U : 0U} << i;
    }
#endif
    return mask;
}

/// Each bit: whether an odd number of bits is set up to and including it.
std::uint64_t parity_up_to(std::uint64_t bits) {
    for (const unsigned step : {1U, 2U, 4U, 8U, 16U, 32U}) {
        bits ^= bits << step;
    }
    return bits;
}

} // namespace

CsvScanner::CsvScanner(CsvDialect dialect) : dialect_(dialect), lines_to_skip_(dialect.skip_lines) {
    for (const char c : {'\n', '\r', '\0', dialect.delimiter, dialect.quote}) {
        special_[static_cast<unsigned char>(c)] = true;
    }
    marks_.push_back({.lines_to_skip = dialect.skip_lines});
}

CsvScanner::CsvScanner(CsvDialect dialect, const CsvMark& mark) : CsvScanner(dialect) {
    offset_ = unit_start_ = mark.offset;
    units_ = mark.units;
    records_ = mark.records;
    line_ = unit_line_ = mark.line;
    lines_to_skip_ = mark.lines_to_skip;
    after_cr_ = mark.after_cr;
    marks_ = {mark};
}

void CsvScanner::want_records(std::vector<std::uint64_t> records) {
    wanted_ = std::move(records);
    wanted_are_units_ = false;
}

void CsvScanner::want_units(std::vector<std::uint64_t> units) {
    wanted_ = std::move(units);
    wanted_are_units_ = true;
}

void CsvScanner::start_unit(std::uint64_t offset) {
    unit_is_blank_ = true;
    unit_line_ = line_;
    unit_start_ = offset;
    state_ = State::value_start;
    if (offset - marks_.back().offset >= kMarkBytes) {
        marks_.push_back({offset, units_, records_, line_, lines_to_skip_, after_cr_});
    }
}

/// Notes the unit that has just ended, before its line ending.
void CsvScanner::end_unit() {
    if (lines_to_skip_ > 0) {
        --lines_to_skip_;
        ++units_;
        return;
    }
    ++units_;
    const bool is_record = !unit_is_blank_ || dialect_.one_column;
    if (!is_record) {
        return;
    }
    ++records_;
    const std::uint64_t ordinal = records_ - (dialect_.has_header ? 1 : 0);
    const std::uint64_t key = wanted_are_units_ ? units_ : ordinal;
    while (next_wanted_ < wanted_.size() && wanted_[next_wanted_] < key) {
        ++next_wanted_; // a blank line, or nothing
    }
    if (next_wanted_ < wanted_.size() && wanted_[next_wanted_] == key) {
        places_.push_back({units_, ordinal, unit_line_});
        ++next_wanted_;
    }
}

/// Goes, 64 bytes at a time, through what lies between the line endings of a record, as long as
/// every quote stands where quotes regularly stand; whatever else comes is left to the two below.
const char* CsvScanner::skip_interior(const char* at, const char* end) {
    if (after_cr_ || lines_to_skip_ > 0) {
        return at;
    }
    for (; end - at >= kBlock; at += kBlock) {
        if ((where(at, '\n') | where(at, '\r') | where(at, '\0')) != 0) {
            return at;
        }
        const std::uint64_t quotes = dialect_.quote == '\0' ? 0 : where(at, dialect_.quote);
        const std::uint64_t delimiters = where(at, dialect_.delimiter);
        // Within quotes from the opening quote on, up to before the closing one.
        const std::uint64_t inside =
            parity_up_to(quotes) ^ (state_ == State::quoted ? ~std::uint64_t{0} : 0);
        const bool may_open = state_ == State::value_start || state_ == State::after_quote;
        const std::uint64_t regular = ((delimiters | quotes) << 1U) | (may_open ? 1U : 0U);
        if ((quotes & inside & ~regular) != 0) {
            return at; // in the middle of a value, or after blanks
        }
        const std::uint64_t ends = delimiters & ~inside;
        const unsigned last = static_cast<unsigned>(std::bit_width(ends)); // 0: none
        const std::uint64_t after_last = last == 64 ? 0 : ~std::uint64_t{0} << last;
        const bool all_blank = (where(at, ' ') & after_last) == after_last;
        unit_is_blank_ = false;
        if ((inside >> 63U) != 0) {
            state_ = State::quoted;
        } else if ((quotes >> 63U) != 0) {
            state_ = State::after_quote;
        } else if (all_blank && (last > 0 || state_ == State::value_start)) {
            state_ = State::value_start;
        } else {
            state_ = State::unquoted;
        }
    }
    return at;
}

/// Outside quotes: up to the end or to where a quoted value begins.
const char* CsvScanner::scan_plain(const char* at, const char* end) {
    for (; at != end; ++at) {
        const char c = *at;
        if (!special_[static_cast<unsigned char>(c)]) {
            // A CR that no LF followed was a line ending of its own.
            if (after_cr_) {
                after_cr_ = false;
                saw_cr_ = true;
            }
            unit_is_blank_ = false;
            if (state_ != State::value_start || c != ' ') {
                state_ = State::unquoted;
            }
            continue;
        }
        if (c == '\n') {
            if (after_cr_) {
                saw_crlf_ = true;
            } else {
                saw_lf_ = true;
                end_unit();
                ++line_;
            }
            after_cr_ = false;
            return at + 1;
        }
        if (after_cr_) {
            after_cr_ = false;
            saw_cr_ = true;
        }
        if (c == '\r') {
            end_unit();
            ++line_;
            after_cr_ = true;
            return at + 1;
        }
        unit_is_blank_ = false;
        if (c == '\0') {
            if (!structure_.has_nul) {
                structure_.has_nul = true;
                structure_.first_nul_line = line_;
            }
            state_ = State::unquoted;
        } else if (c == dialect_.delimiter) {
            state_ = State::value_start;
        } else if (lines_to_skip_ == 0 &&
                   (state_ == State::value_start || state_ == State::after_quote)) {
            state_ = State::quoted; // opened, or reopened: a doubled quote
            return at + 1;
        } else {
            state_ = State::unquoted;
        }
    }
    return at;
}

const char* CsvScanner::scan_quoted(const char* at, const char* end) {
    const auto left = static_cast<std::size_t>(end - at);
    const auto* quote = static_cast<const char*>(std::memchr(at, dialect_.quote, left));
    const char* const stop = quote == nullptr ? end : quote;
    for (const char* p = at; p != stop;) {
        const auto* newline =
            static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(stop - p)));
        if (newline == nullptr) {
            break;
        }
        ++line_;
        p = newline + 1;
    }
    if (!structure_.has_nul) {
        const auto* nul =
            static_cast<const char*>(std::memchr(at, '\0', static_cast<std::size_t>(stop - at)));
        if (nul != nullptr) {
            structure_.has_nul = true;
            structure_.first_nul_line = unit_line_;
        }
    }
    if (quote == nullptr) {
        return end;
    }
    state_ = State::after_quote;
    return quote + 1;
}

void CsvScanner::feed(std::span<const char> bytes) {
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    if (offset_ == 0 && bytes.size() >= 3 && std::memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3; // byte order mark
    }
    const char* const begin = bytes.data();
    while (at != end) {
        at = skip_interior(at, end);
        if (at == end) {
            break;
        }
        if (state_ == State::quoted) {
            at = scan_quoted(at, end);
            continue;
        }
        const std::uint64_t line_before = line_;
        at = scan_plain(at, end);
        const std::uint64_t here = offset_ + static_cast<std::uint64_t>(at - begin);
        if (line_ != line_before) {
            const std::uint64_t length = here - unit_start_;
            if (length > structure_.longest_record_bytes) {
                structure_.longest_record_bytes = length;
                structure_.longest_record_line = unit_line_;
            }
            start_unit(here);
        }
    }
    offset_ += bytes.size();
}

void CsvScanner::finish() {
    if (state_ == State::quoted) {
        structure_.ends_inside_quotes = true;
        structure_.open_quote_line = unit_line_;
    }
    if (!unit_is_blank_) {
        end_unit(); // the last record has no line ending
        const std::uint64_t length = offset_ - unit_start_;
        if (length > structure_.longest_record_bytes) {
            structure_.longest_record_bytes = length;
            structure_.longest_record_line = unit_line_;
        }
    }
    saw_cr_ = saw_cr_ || after_cr_;
    structure_.mixes_line_endings = int{saw_lf_} + int{saw_crlf_} + int{saw_cr_} > 1;
    structure_.records = dialect_.has_header && records_ > 0 ? records_ - 1 : records_;
}

std::vector<std::string> first_record(std::string_view text, const CsvDialect& dialect) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    for (std::uint32_t i = 0; i < dialect.skip_lines; ++i) {
        const std::size_t newline = text.find('\n');
        text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    }
    while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) {
        text.remove_prefix(1);
    }
    std::vector<std::string> values;
    if (text.empty()) {
        return values;
    }
    std::string value;
    bool quoted = false;
    bool at_start = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != dialect.quote) {
                value += c;
            } else if (i + 1 < text.size() && text[i + 1] == dialect.quote) {
                value += c;
                ++i;
            } else {
                quoted = false;
            }
        } else if (c == '\n' || c == '\r') {
            break;
        } else if (c == dialect.delimiter) {
            values.push_back(std::exchange(value, {}));
            at_start = true;
            continue;
        } else if (at_start && dialect.quote != '\0' && c == dialect.quote) {
            quoted = true;
            value.clear();
        } else {
            value += c;
        }
        at_start = at_start && c == ' ';
    }
    values.push_back(std::move(value));
    return values;
}

char likely_delimiter(std::string_view text) {
    char best = '\0';
    std::size_t most = 1;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        const std::size_t count = first_record(text, {.delimiter = delimiter}).size();
        if (count > most) {
            most = count;
            best = delimiter;
        }
    }
    return best;
}

} // namespace icmap::ingest
