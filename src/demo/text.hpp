#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace icmap::demo {

/// Appends a whole number in decimal.
template <std::integral Number>
void append_number(std::string& out, Number number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

/// Appends a number with a fixed count of decimals.
inline void append_fixed(std::string& out, double number, int decimals) {
    char digits[48];
    const auto end =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, decimals)
            .ptr;
    out.append(digits, end);
}

/// Appends a whole number with leading zeros.
inline void append_padded(std::string& out, std::uint64_t number, int width) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    for (auto length = end - digits; length < width; ++length) {
        out += '0';
    }
    out.append(digits, end);
}

/// A row of a delimited text file in the making: appends fields to `out`.
class Row {
  public:
    explicit Row(std::string& out, char delimiter = ',') : out_(&out), delimiter_(delimiter) {}

    /// A quoted field; inner quotes are doubled.
    Row& quoted(std::string_view text) {
        begin();
        *out_ += '"';
        for (const char c : text) {
            if (c == '"') {
                *out_ += '"';
            }
            *out_ += c;
        }
        *out_ += '"';
        return *this;
    }
    /// A quoted field only where the text needs it.
    Row& field(std::string_view text) {
        if (text.find_first_of("\",;\n") != std::string_view::npos) {
            return quoted(text);
        }
        begin();
        *out_ += text;
        return *this;
    }
    template <std::integral Number>
    Row& number(Number value) {
        begin();
        append_number(*out_, value);
        return *this;
    }
    Row& fixed(double value, int decimals) {
        begin();
        append_fixed(*out_, value, decimals);
        return *this;
    }
    /// `count` empty fields, quoted or not.
    Row& empty(int count, bool in_quotes = false) {
        for (int i = 0; i < count; ++i) {
            begin();
            *out_ += in_quotes ? "\"\"" : "";
        }
        return *this;
    }
    void end() {
        *out_ += '\n';
        first_ = true;
    }

  private:
    void begin() {
        if (!first_) {
            *out_ += delimiter_;
        }
        first_ = false;
    }
    std::string* out_;
    char delimiter_;
    bool first_ = true;
};

} // namespace icmap::demo
