#include "store/connection.hpp"

#include "store/bulk_append.hpp"
#include "store/database_error.hpp"
#include "store/enum_words.hpp"
#include "store/statement.hpp"

#include <duckdb.h>
#include <fmt/format.h>

namespace icmap::store {

struct Database::Handle {
    duckdb_database database = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { duckdb_close(&database); }
};

struct Connection::Handle {
    duckdb_connection connection = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { duckdb_disconnect(&connection); }
};

namespace {

tl::unexpected<Error> failure(const char* text) {
    return tl::unexpected(database_error(text));
}

duckdb_state bind(duckdb_prepared_statement statement, idx_t index, const Value& value) {
    struct Binder {
        duckdb_prepared_statement statement;
        idx_t index;
        duckdb_state operator()(std::nullptr_t) const { return duckdb_bind_null(statement, index); }
        duckdb_state operator()(bool b) const { return duckdb_bind_boolean(statement, index, b); }
        duckdb_state operator()(std::int64_t i) const {
            return duckdb_bind_int64(statement, index, i);
        }
        duckdb_state operator()(double d) const { return duckdb_bind_double(statement, index, d); }
        duckdb_state operator()(std::string_view text) const {
            return duckdb_bind_varchar_length(statement, index, text.data(), text.size());
        }
    };
    return std::visit(Binder{statement, index}, value);
}

Result<void> run_prepared(duckdb_connection connection, std::string_view text,
                          std::span<const Value> parameters, Answer& answer) {
    Statement prepared;
    if (duckdb_prepare(connection, std::string(text).c_str(), &prepared.statement) == DuckDBError) {
        return failure(duckdb_prepare_error(prepared.statement));
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (bind(prepared.statement, i + 1, parameters[i]) == DuckDBError) {
            return failure(duckdb_prepare_error(prepared.statement));
        }
    }
    return execute(prepared, Giving::whole, answer);
}

ColumnType column_type(duckdb_type type) {
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
        return ColumnType::boolean;
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_USMALLINT:
    case DUCKDB_TYPE_UINTEGER:
    case DUCKDB_TYPE_UBIGINT:
    case DUCKDB_TYPE_HUGEINT:
        return ColumnType::integer;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE:
    case DUCKDB_TYPE_DECIMAL:
        return ColumnType::real;
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_ENUM:
        return ColumnType::text;
    case DUCKDB_TYPE_BLOB:
        return ColumnType::blob;
    case DUCKDB_TYPE_DATE:
        return ColumnType::date;
    case DUCKDB_TYPE_LIST:
        return ColumnType::list;
    default:
        return ColumnType::other;
    }
}

std::string_view text_of(const duckdb_string_t& value) {
    const std::uint32_t length = value.value.inlined.length;
    const bool is_inlined = length <= sizeof(value.value.inlined.inlined);
    return {is_inlined ? value.value.inlined.inlined : value.value.pointer.ptr, length};
}

} // namespace

Chunk::Chunk(void* handle, std::span<const EnumWords> words) {
    auto* chunk = static_cast<duckdb_data_chunk>(handle);
    size_ = duckdb_data_chunk_get_size(chunk);
    columns_.reserve(duckdb_data_chunk_get_column_count(chunk));
    for (idx_t i = 0; i < duckdb_data_chunk_get_column_count(chunk); ++i) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
        columns_.push_back({vector, duckdb_vector_get_data(vector),
                            duckdb_vector_get_validity(vector),
                            words[i].is_enum() ? &words[i] : nullptr});
    }
}

std::string_view Chunk::text(std::size_t index, std::size_t row) const {
    if (is_null(index, row)) {
        return {};
    }
    if (const EnumWords* words = columns_[index].words) {
        return words->word[words->number(data(index), row)];
    }
    return text_of(static_cast<const duckdb_string_t*>(data(index))[row]);
}

std::vector<std::string_view> Chunk::texts(std::size_t index, std::size_t row) const {
    std::vector<std::string_view> all;
    texts(index, row, all);
    return all;
}

void Chunk::texts(std::size_t index, std::size_t row, std::vector<std::string_view>& all) const {
    all.clear();
    if (is_null(index, row)) {
        return;
    }
    const auto entry = static_cast<const duckdb_list_entry*>(data(index))[row];
    duckdb_vector child =
        duckdb_list_vector_get_child(static_cast<duckdb_vector>(columns_[index].vector));
    const auto* values = static_cast<const duckdb_string_t*>(duckdb_vector_get_data(child));
    for (std::uint64_t i = entry.offset; i < entry.offset + entry.length; ++i) {
        all.push_back(text_of(values[i]));
    }
}

Connection::Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

void Connection::interrupt() {
    duckdb_interrupt(handle_->connection);
}

void* Connection::handle() const {
    return handle_->connection;
}

Result<void> Connection::run(std::string_view statements) {
    return execute_all(handle_->connection, statements);
}

Result<std::uint64_t> Connection::execute(std::string_view statement,
                                          std::initializer_list<Value> parameters) {
    Answer answer;
    ICMAP_TRY(run_prepared(handle_->connection, statement,
                           std::span(parameters.begin(), parameters.size()), answer));
    return duckdb_rows_changed(&answer.result);
}

Result<void> Connection::read(std::string_view query, std::span<const Value> parameters,
                              const std::function<void(const Chunk&)>& rows) {
    Answer answer;
    ICMAP_TRY(run_prepared(handle_->connection, query, parameters, answer));
    const std::vector<EnumWords> words = words_of_columns(answer.result);
    while (duckdb_data_chunk chunk = duckdb_fetch_chunk(answer.result)) {
        struct Guard {
            duckdb_data_chunk chunk;
            ~Guard() { duckdb_destroy_data_chunk(&chunk); }
        } const guard{chunk};
        rows(Chunk(chunk, words));
    }
    return {};
}

Result<std::vector<ColumnInfo>> Connection::describe(std::string_view query) {
    Statement prepared;
    if (duckdb_prepare(handle_->connection, std::string(query).c_str(), &prepared.statement) ==
        DuckDBError) {
        return failure(duckdb_prepare_error(prepared.statement));
    }
    std::vector<ColumnInfo> columns;
    const idx_t count = duckdb_prepared_statement_column_count(prepared.statement);
    for (idx_t i = 0; i < count; ++i) {
        const char* name = duckdb_prepared_statement_column_name(prepared.statement, i);
        columns.push_back(
            {name, column_type(duckdb_prepared_statement_column_type(prepared.statement, i))});
        duckdb_free(const_cast<char*>(name));
    }
    return columns;
}

Result<std::int64_t> Connection::integer(std::string_view query,
                                         std::initializer_list<Value> parameters) {
    std::int64_t value = 0;
    bool found = false;
    ICMAP_TRY(read(fmt::format("select cast(({}) as bigint)", query),
                   std::span(parameters.begin(), parameters.size()), [&](const Chunk& chunk) {
                       if (chunk.size() > 0) {
                           found = true;
                           value = chunk.is_null(0, 0) ? 0 : chunk.column<std::int64_t>(0)[0];
                       }
                   }));
    if (!found) {
        return internal_error(fmt::format("the query gave no row: {}", query));
    }
    return value;
}

Result<double> Connection::real(std::string_view query, std::initializer_list<Value> parameters) {
    double value = 0.0;
    ICMAP_TRY(read(fmt::format("select cast(({}) as double)", query),
                   std::span(parameters.begin(), parameters.size()), [&](const Chunk& chunk) {
                       value = chunk.is_null(0, 0) ? 0.0 : chunk.column<double>(0)[0];
                   }));
    return value;
}

Result<std::string> Connection::text(std::string_view query,
                                     std::initializer_list<Value> parameters) {
    std::string value;
    ICMAP_TRY(read(fmt::format("select cast(({}) as varchar)", query),
                   std::span(parameters.begin(), parameters.size()),
                   [&](const Chunk& chunk) { value = chunk.text(0, 0); }));
    return value;
}

Result<void> Connection::set_variable(std::string_view name, Value value) {
    struct Literal {
        std::string operator()(std::nullptr_t) const { return "null"; }
        std::string operator()(bool b) const { return b ? "true" : "false"; }
        std::string operator()(std::int64_t i) const { return std::to_string(i); }
        std::string operator()(double d) const { return fmt::format("{}::double", d); }
        std::string operator()(std::string_view text) const { return sql_literal(text); }
    };
    return run(fmt::format("set variable {} = {}", identifier(name), std::visit(Literal{}, value)));
}

Database::Database(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, const DatabaseOptions& options) {
    struct Config {
        duckdb_config config = nullptr;
        Config() { duckdb_create_config(&config); }
        Config(const Config&) = delete;
        Config& operator=(const Config&) = delete;
        ~Config() { duckdb_destroy_config(&config); }
        void set(const char* name, const std::string& value) {
            duckdb_set_config(config, name, value.c_str());
        }
    } config;
    config.set("autoinstall_known_extensions", "false");
    config.set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
    if (options.threads > 0) {
        config.set("threads", std::to_string(options.threads));
    }
    if (options.memory_limit_bytes > 0) {
        config.set("memory_limit", fmt::format("{}B", options.memory_limit_bytes));
    }
    if (!options.temp_directory.empty()) {
        config.set("temp_directory", options.temp_directory.string());
    }
    auto handle = std::make_unique<Handle>();
    char* reason = nullptr;
    if (duckdb_open_ext(path.c_str(), &handle->database, config.config, &reason) == DuckDBError) {
        Error error;
        error.what = fmt::format("The file cannot be opened: {}",
                                 cause_of(reason != nullptr ? reason : "?"));
        error.file = path.string();
        error.remedy = "Check that it is an atlas made by this version of icmap, that it can be "
                       "read, and that no other program holds it";
        duckdb_free(reason);
        return tl::unexpected(std::move(error));
    }
    Database database(std::move(handle));
    ICMAP_ASSIGN(const Connection connection, database.connect());
    ICMAP_TRY(let_rows_be_appended(connection.handle()));
    return database;
}

Result<Connection> Database::connect() const {
    auto handle = std::make_unique<Connection::Handle>();
    if (duckdb_connect(handle_->database, &handle->connection) == DuckDBError) {
        return internal_error("the database refused a connection");
    }
    return Connection(std::move(handle));
}

std::string sql_literal(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') {
            out += c;
        }
    }
    return out + '\'';
}

std::string file_literal(const std::filesystem::path& file) {
    std::string out;
    for (const char c : file.string()) {
        if (c == '*' || c == '?' || c == '[') {
            out += {'[', c, ']'};
        } else {
            out += c;
        }
    }
    return sql_literal(out);
}

std::string identifier(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    return out + '"';
}

} // namespace icmap::store
