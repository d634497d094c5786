#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace icmap::store {

/// A parameter of a statement. Texts are borrowed for the length of the call.
using Value = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string_view>;

/// Which rows of a column are null.
class Nulls {
  public:
    /// \param is_valid bits by row; nullptr: no row is null
    explicit Nulls(const std::uint64_t* is_valid) : is_valid_(is_valid) {}
    [[nodiscard]] bool operator[](std::size_t row) const {
        return is_valid_ != nullptr && (is_valid_[row / 64] >> (row % 64) & 1U) == 0;
    }

  private:
    const std::uint64_t* is_valid_;
};

struct EnumWords;

/// Some rows of an answer, as columns. Valid only inside the callback that received it.
class Chunk {
  public:
    /// \param handle a duckdb_data_chunk \param words of each column, where its type is an enum
    Chunk(void* handle, std::span<const EnumWords> words);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t column_count() const { return columns_.size(); }
    /// The raw values of a column; T must be the C++ type of its SQL type (double, std::int32_t for
    /// integer and date (days since 1970), std::uint32_t for uinteger, bool, …). Null rows hold
    /// any value. \complexity O(1)
    template <class T>
    [[nodiscard]] std::span<const T> column(std::size_t index) const {
        return {static_cast<const T*>(data(index)), size_};
    }
    [[nodiscard]] bool is_null(std::size_t index, std::size_t row) const {
        return nulls(index)[row];
    }
    [[nodiscard]] Nulls nulls(std::size_t index) const { return Nulls(columns_[index].is_valid); }
    /// A varchar, blob or enum; empty for null.
    [[nodiscard]] std::string_view text(std::size_t index, std::size_t row) const;
    /// A list of varchar; empty for null.
    [[nodiscard]] std::vector<std::string_view> texts(std::size_t index, std::size_t row) const;
    /// The same, into room that is kept from row to row.
    void texts(std::size_t index, std::size_t row, std::vector<std::string_view>& all) const;

  private:
    /// Looked up once: rows are read one value at a time, and each look-up would be a call.
    struct Parts {
        void* vector;
        const void* data;
        const std::uint64_t* is_valid; ///< nullptr: no row is null
        const EnumWords* words;        ///< nullptr: the type is no enum
    };
    [[nodiscard]] const void* data(std::size_t index) const { return columns_[index].data; }
    std::vector<Parts> columns_;
    std::size_t size_;
};

enum class ColumnType : std::uint8_t { boolean, integer, real, text, blob, date, list, other };

struct ColumnInfo {
    std::string name;
    ColumnType type;
};

/// One conversation with a database. Movable, not shared between threads; open one a thread.
class Connection {
  public:
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    ~Connection();

    /// Runs one or more statements without parameters.
    /// \errors input: DuckDB's own message
    [[nodiscard]] Result<void> run(std::string_view statements);

    /// Runs one statement with parameters ($1, $2, …); returns the number of rows changed.
    [[nodiscard]] Result<std::uint64_t> execute(std::string_view statement,
                                                std::initializer_list<Value> parameters);

    /// Runs one query and hands its rows over chunk by chunk, in order.
    [[nodiscard]] Result<void> read(std::string_view query, std::span<const Value> parameters,
                                    const std::function<void(const Chunk&)>& rows);
    [[nodiscard]] Result<void> read(std::string_view query,
                                    const std::function<void(const Chunk&)>& rows) {
        return read(query, {}, rows);
    }

    /// The names and types a query would answer with, without running it.
    [[nodiscard]] Result<std::vector<ColumnInfo>> describe(std::string_view query);

    /// The single number or text of a one-row, one-column query.
    /// \errors internal: no row; null reads as 0 or ""
    [[nodiscard]] Result<std::int64_t> integer(std::string_view query,
                                               std::initializer_list<Value> parameters = {});
    [[nodiscard]] Result<double> real(std::string_view query,
                                      std::initializer_list<Value> parameters = {});
    [[nodiscard]] Result<std::string> text(std::string_view query,
                                           std::initializer_list<Value> parameters = {});

    /// Sets a variable that SQL reads with getvariable('name').
    [[nodiscard]] Result<void> set_variable(std::string_view name, Value value);

    /// Stops the statement that runs on this connection now; it fails with "INTERRUPT …". May be
    /// called from another thread.
    void interrupt();

    /// The duckdb_connection, for bulk_append only.
    [[nodiscard]] void* handle() const;

  private:
    friend class Database;
    struct Handle;
    explicit Connection(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
};

struct DatabaseOptions {
    bool read_only = false;
    int threads = 0;                           ///< 0 = as many as the machine has
    std::uint64_t memory_limit_bytes = 0;      ///< 0 = DuckDB's own default (80 % of memory)
    std::filesystem::path temp_directory = {}; ///< where it spills; empty = beside the file
};

/// An open DuckDB file (or ":memory:"). Never reaches the network: no extension is fetched.
class Database {
  public:
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path,
                                               const DatabaseOptions& options);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();
    [[nodiscard]] Result<Connection> connect() const;

  private:
    struct Handle;
    explicit Database(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
};

/// `text` as an SQL string literal, quotes doubled.
[[nodiscard]] std::string sql_literal(std::string_view text);
/// The name of one file as an SQL string literal for read_csv and its like, which would take
/// "points[1].csv" for a pattern.
[[nodiscard]] std::string file_literal(const std::filesystem::path& file);
/// `name` as an SQL identifier, double quotes doubled.
[[nodiscard]] std::string identifier(std::string_view name);

} // namespace icmap::store
