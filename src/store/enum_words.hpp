#pragma once

#include <cstddef>
#include <cstdint>
#include <duckdb.h>
#include <string>
#include <vector>

namespace icmap::store {

/// The words of an enum type; a row holds the number of one, in one or two bytes.
struct EnumWords {
    std::vector<std::string> word; ///< empty: the type is no enum
    bool is_wide = false;          ///< two bytes

    EnumWords() = default;
    explicit EnumWords(duckdb_logical_type type);
    [[nodiscard]] bool is_enum() const { return !word.empty(); }
    [[nodiscard]] std::size_t number(const void* values, std::size_t row) const {
        return is_wide ? std::size_t{static_cast<const std::uint16_t*>(values)[row]}
                       : std::size_t{static_cast<const std::uint8_t*>(values)[row]};
    }
    void set_number(void* values, std::size_t row, std::size_t number) const {
        if (is_wide) {
            static_cast<std::uint16_t*>(values)[row] = static_cast<std::uint16_t>(number);
        } else {
            static_cast<std::uint8_t*>(values)[row] = static_cast<std::uint8_t>(number);
        }
    }
};

/// Of each column of an answer, or of what a statement will answer.
[[nodiscard]] std::vector<EnumWords> words_of_columns(duckdb_result& answer);
[[nodiscard]] std::vector<EnumWords> words_of_columns(duckdb_prepared_statement statement);

} // namespace icmap::store
