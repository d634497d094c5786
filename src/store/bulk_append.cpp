#include "store/bulk_append.hpp"

#include "store/database_error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <duckdb.h>
#include <fmt/format.h>
#include <vector>

namespace icmap::store {
namespace {

template <class T>
duckdb_type type_id(const Column& column) {
    if constexpr (std::is_same_v<T, std::uint8_t>) {
        return column.is_boolean ? DUCKDB_TYPE_BOOLEAN : DUCKDB_TYPE_UTINYINT;
    } else if constexpr (std::is_same_v<T, std::uint16_t>) {
        return DUCKDB_TYPE_USMALLINT;
    } else if constexpr (std::is_same_v<T, std::int32_t> ||
                         std::is_same_v<T, std::optional<std::int32_t>>) {
        return column.is_date ? DUCKDB_TYPE_DATE : DUCKDB_TYPE_INTEGER;
    } else if constexpr (std::is_same_v<T, std::uint32_t> ||
                         std::is_same_v<T, std::optional<std::uint32_t>>) {
        return DUCKDB_TYPE_UINTEGER;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return DUCKDB_TYPE_BIGINT;
    } else if constexpr (std::is_same_v<T, std::uint64_t>) {
        return DUCKDB_TYPE_UBIGINT;
    } else if constexpr (std::is_same_v<T, double>) {
        return DUCKDB_TYPE_DOUBLE;
    } else {
        return column.is_blob ? DUCKDB_TYPE_BLOB : DUCKDB_TYPE_VARCHAR;
    }
}

duckdb_logical_type enum_type(std::span<const std::string> words) {
    std::vector<const char*> names;
    for (const std::string& word : words) {
        names.push_back(word.c_str());
    }
    return duckdb_create_enum_type(names.data(), names.size());
}

duckdb_type type_of(const Column& column) {
    return std::visit(
        [&column]<class Values>(const Values&) {
            if constexpr (std::is_same_v<Values, Texts>) {
                return DUCKDB_TYPE_VARCHAR;
            } else {
                return type_id<typename Values::value_type>(column);
            }
        },
        column.values);
}

duckdb_logical_type logical_type(const Column& column) {
    return column.words.empty() ? duckdb_create_logical_type(type_of(column))
                                : enum_type(column.words);
}

void set_null(duckdb_vector vector, std::size_t row) {
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
}

/// A text for a vector, borrowed: the rows are copied before the columns are let go.
duckdb_string_t borrowed(std::string_view text) {
    duckdb_string_t value{};
    value.value.inlined.length = static_cast<std::uint32_t>(text.size());
    if (text.size() <= sizeof(value.value.inlined.inlined)) {
        std::copy(text.begin(), text.end(), value.value.inlined.inlined);
    } else {
        std::copy_n(text.begin(), sizeof(value.value.pointer.prefix), value.value.pointer.prefix);
        value.value.pointer.ptr = const_cast<char*>(text.data()); // only read
    }
    return value;
}

template <class T>
void fill(duckdb_vector vector, std::span<const T> values) {
    if constexpr (std::is_same_v<T, std::string>) {
        auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
        std::transform(values.begin(), values.end(), data, borrowed);
    } else if constexpr (std::is_same_v<T, std::optional<std::string>>) {
        auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i]) {
                data[i] = borrowed(*values[i]);
            } else {
                set_null(vector, i);
            }
        }
    } else if constexpr (std::is_same_v<T, std::optional<std::int32_t>> ||
                         std::is_same_v<T, std::optional<std::uint32_t>>) {
        auto* data = static_cast<typename T::value_type*>(duckdb_vector_get_data(vector));
        for (std::size_t i = 0; i < values.size(); ++i) {
            data[i] = values[i].value_or(0);
            if (!values[i]) {
                set_null(vector, i);
            }
        }
    } else {
        auto* data = static_cast<T*>(duckdb_vector_get_data(vector));
        std::copy(values.begin(), values.end(), data);
        if constexpr (std::is_same_v<T, double>) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isnan(values[i])) {
                    set_null(vector, i);
                }
            }
        }
    }
}

void fill(duckdb_vector vector, const Texts& texts) {
    auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts.number[i] == Texts::kNull) {
            set_null(vector, i);
        } else {
            data[i] = borrowed(texts.text[texts.number[i]]);
        }
    }
}

struct Appender {
    duckdb_appender appender = nullptr;
    Appender() = default;
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;
    ~Appender() { duckdb_appender_destroy(&appender); }
    [[nodiscard]] tl::unexpected<Error> failure(std::string_view table) const {
        Error error = database_error(duckdb_appender_error(appender));
        if (error.remedy.empty()) {
            error.what = fmt::format("Rows could not be appended to {}: {}", table, error.what);
        }
        return tl::unexpected(std::move(error));
    }
};

struct ChunkBuffer {
    duckdb_data_chunk chunk = nullptr;
    explicit ChunkBuffer(std::vector<duckdb_logical_type>& types)
        : chunk(duckdb_create_data_chunk(types.data(), types.size())) {}
    ChunkBuffer(const ChunkBuffer&) = delete;
    ChunkBuffer& operator=(const ChunkBuffer&) = delete;
    ~ChunkBuffer() { duckdb_destroy_data_chunk(&chunk); }
};

/// What is appended, with the types of its columns.
struct Rows {
    std::span<const Column> columns;
    std::vector<duckdb_logical_type> types;
    std::size_t count = 0;

    explicit Rows(std::span<const Column> of) : columns(of) {
        for (const Column& column : of) {
            types.push_back(logical_type(column));
        }
    }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() {
        for (duckdb_logical_type& type : types) {
            duckdb_destroy_logical_type(&type);
        }
    }
};

std::size_t length_of(const Column& column) {
    return std::visit([](const auto& span) { return span.size(); }, column.values);
}

Result<void> append_rows(Appender& appender, std::string_view table, Rows& rows) {
    ChunkBuffer buffer(rows.types);
    const std::size_t capacity = duckdb_vector_size();
    for (std::size_t begin = 0; begin < rows.count; begin += capacity) {
        const std::size_t count = std::min(capacity, rows.count - begin);
        duckdb_data_chunk_reset(buffer.chunk);
        for (std::size_t i = 0; i < rows.columns.size(); ++i) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(buffer.chunk, i);
            std::visit([&](const auto& span) { fill(vector, span.subspan(begin, count)); },
                       rows.columns[i].values);
        }
        duckdb_data_chunk_set_size(buffer.chunk, count);
        if (duckdb_append_data_chunk(appender.appender, buffer.chunk) == DuckDBError) {
            return appender.failure(table);
        }
    }
    if (duckdb_appender_close(appender.appender) == DuckDBError) {
        return appender.failure(table);
    }
    return {};
}

Result<void> append_to(Connection& connection, std::string_view schema, std::string_view table,
                       Rows& rows) {
    Appender appender;
    const std::size_t dot = schema.find('.');
    const std::string database(dot == std::string_view::npos ? "" : schema.substr(0, dot));
    const std::string in_schema(dot == std::string_view::npos ? schema : schema.substr(dot + 1));
    const duckdb_state created =
        duckdb_appender_create_ext(static_cast<duckdb_connection>(connection.handle()),
                                   database.empty() ? nullptr : database.c_str(), in_schema.c_str(),
                                   std::string(table).c_str(), &appender.appender);
    if (created == DuckDBError) {
        return appender.failure(table);
    }
    return append_rows(appender, table, rows);
}

} // namespace

Result<void> append_columns(Connection& connection, std::string_view schema, std::string_view table,
                            std::span<const Column> columns) {
    if (columns.empty()) {
        return {};
    }
    Rows rows(columns);
    rows.count = length_of(columns.front());
    for (const Column& column : columns) {
        if (length_of(column) != rows.count) {
            return internal_error(fmt::format("columns for {} differ in length", table));
        }
    }
    // One transaction: an appender ends one every 204,800 rows, and what it has of a block of rows
    // by then goes into the log first and into the file again later.
    ICMAP_TRY(connection.run("begin transaction"));
    if (auto appended = append_to(connection, schema, table, rows); !appended) {
        (void)connection.run("rollback"); // the first failure is the one to tell
        return appended;
    }
    return connection.run("commit");
}

} // namespace icmap::store
