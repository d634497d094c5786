#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// Writes one JSON text from front to back, commas and escapes included. What is not finite is
/// written as null; bytes that are no UTF-8 as the replacement character.
class JsonWriter {
  public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    /// The name of the next value.
    void key(std::string_view name);

    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(bool truth);
    void value(double number);
    template <std::integral T>
    void value(T number) {
        separate();
        out_ += std::to_string(number);
    }
    void null();
    /// JSON that is already written.
    void raw(std::string_view json);
    /// A number with at most so many decimals.
    void rounded(double number, int decimals);

    template <class T>
    void member(std::string_view name, const T& content) {
        key(name);
        value(content);
    }
    void member_raw(std::string_view name, std::string_view json) {
        key(name);
        raw(json);
    }
    /// Text, or null where it is empty.
    void member_or_null(std::string_view name, std::string_view text);

    [[nodiscard]] const std::string& text() const { return out_; }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void separate();
    void open(char bracket);
    void close(char bracket);
    std::string out_;
    bool fresh_ = true; ///< nothing stands before the next value on its level
};

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

} // namespace icmap::serve
