#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace icmap::store {

/// Texts of which few are distinct: the number of one of them, or kNull, a row. For a column of an
/// enum type all of them must be words of it.
struct Texts {
    static constexpr std::uint32_t kNull = 0xFFFFFFFF;
    std::span<const std::uint32_t> number;
    std::span<const std::string> text;
    [[nodiscard]] std::size_t size() const { return number.size(); }
    [[nodiscard]] Texts subspan(std::size_t begin, std::size_t count) const {
        return {number.subspan(begin, count), text};
    }
};

/// The values of one column, one per row; the type must be that of the table's column.
/// Doubles: NaN is written as null. Dates are days since 1970 as std::int32_t with `is_date`.
struct Column {
    std::variant<
        std::span<const std::uint8_t>, std::span<const std::uint16_t>,
        std::span<const std::int32_t>, std::span<const std::uint32_t>,
        std::span<const std::int64_t>, std::span<const std::uint64_t>, std::span<const double>,
        std::span<const std::string>, std::span<const std::optional<std::string>>,
        std::span<const std::optional<std::int32_t>>, std::span<const std::optional<std::uint32_t>>,
        std::span<const std::optional<std::int64_t>>, Texts>
        values;
    bool is_date = false;
    bool is_blob = false;
    bool is_boolean = false;                 ///< for std::uint8_t: write a boolean
    std::span<const std::string> words = {}; ///< for std::uint8_t: of an enum type, in its order

    [[nodiscard]] std::size_t size() const;
    /// The same column of some of the rows.
    [[nodiscard]] Column rows(std::size_t begin, std::size_t count) const;
};

/// Appends rows, given as columns of equal length, to a table (all its columns, in order): all of
/// them or, where it fails, none.
/// \param schema "main", or with the database's name: "staging.main", "temp.main"
/// \errors internal: a type that does not fit, a text that is no word of an enum; columns of
///         different lengths; input: a constraint
/// \complexity linear; about 10 million values a second
[[nodiscard]] Result<void> append_columns(Connection& connection, std::string_view schema,
                                          std::string_view table, std::span<const Column> columns);

/// Teaches a database what `append_columns` needs: done once, when it is opened.
/// \param connection a duckdb_connection
[[nodiscard]] Result<void> let_rows_be_appended(void* connection);

/// The columns of a query as vectors, in one go, for numbers: `read_column<double>(…)`.
template <class T>
[[nodiscard]] Result<std::vector<T>> read_column(Connection& connection, std::string_view query) {
    std::vector<T> values;
    ICMAP_TRY(connection.read(query, [&](const Chunk& chunk) {
        const auto column = chunk.column<T>(0);
        values.insert(values.end(), column.begin(), column.end());
    }));
    return values;
}

} // namespace icmap::store
