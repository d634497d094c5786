#include "store/bulk_append.hpp"

#include "store/database_error.hpp"
#include "store/enum_words.hpp"
#include "store/statement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <duckdb.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
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
    } else if constexpr (std::is_same_v<T, std::int64_t> ||
                         std::is_same_v<T, std::optional<std::int64_t>>) {
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

/// The rows of a vector that are null. Most columns have none, some have little else: DuckDB is
/// asked once.
class NullRows {
  public:
    explicit NullRows(duckdb_vector vector) : vector_(vector) {}
    void set(std::size_t row) {
        if (is_valid_ == nullptr) {
            duckdb_vector_ensure_validity_writable(vector_);
            is_valid_ = duckdb_vector_get_validity(vector_);
        }
        is_valid_[row / 64] &= ~(std::uint64_t{1} << (row % 64));
    }

  private:
    duckdb_vector vector_;
    std::uint64_t* is_valid_ = nullptr; ///< bits by row
};

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
    [[maybe_unused]] NullRows nulls(vector);
    if constexpr (std::is_same_v<T, std::string>) {
        auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
        std::transform(values.begin(), values.end(), data, borrowed);
    } else if constexpr (std::is_same_v<T, std::optional<std::string>>) {
        auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i]) {
                data[i] = borrowed(*values[i]);
            } else {
                nulls.set(i);
            }
        }
    } else if constexpr (std::is_same_v<T, std::optional<std::int32_t>> ||
                         std::is_same_v<T, std::optional<std::uint32_t>> ||
                         std::is_same_v<T, std::optional<std::int64_t>>) {
        auto* data = static_cast<typename T::value_type*>(duckdb_vector_get_data(vector));
        for (std::size_t i = 0; i < values.size(); ++i) {
            data[i] = values[i].value_or(0);
            if (!values[i]) {
                nulls.set(i);
            }
        }
    } else {
        auto* data = static_cast<T*>(duckdb_vector_get_data(vector));
        std::copy(values.begin(), values.end(), data);
        if constexpr (std::is_same_v<T, double>) {
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isnan(values[i])) {
                    nulls.set(i);
                }
            }
        }
    }
}

void fill(duckdb_vector vector, const Texts& texts) {
    NullRows nulls(vector);
    auto* data = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts.number[i] == Texts::kNull) {
            nulls.set(i);
        } else {
            data[i] = borrowed(texts.text[texts.number[i]]);
        }
    }
}

/// Texts for a column of an enum type: the number of the word that each of them is.
struct Numbered {
    const EnumWords* words;
    std::vector<std::size_t> word_of_text;

    /// \errors internal: a text that is none of the words
    static Result<Numbered> make(const Texts& texts, const EnumWords& words) {
        Numbered numbered{&words, {}};
        for (const std::string& text : texts.text) {
            const auto word = std::find(words.word.begin(), words.word.end(), text);
            if (word == words.word.end()) {
                return internal_error(
                    fmt::format("\"{}\" is none of {}", text, fmt::join(words.word, ", ")));
            }
            numbered.word_of_text.push_back(static_cast<std::size_t>(word - words.word.begin()));
        }
        return numbered;
    }

    void fill(duckdb_vector vector, const Texts& texts) const {
        NullRows nulls(vector);
        void* data = duckdb_vector_get_data(vector);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (texts.number[i] == Texts::kNull) {
                nulls.set(i);
            } else {
                words->set_number(data, i, word_of_text[texts.number[i]]);
            }
        }
    }
};

/// What is appended, with the types of its columns.
struct Rows {
    std::span<const Column> columns;
    std::vector<EnumWords> words; ///< of the table's columns
    std::vector<std::optional<Numbered>> numbered;
    std::vector<duckdb_logical_type> types;
    std::size_t count = 0;

    Rows(std::span<const Column> of, std::vector<EnumWords> of_table)
        : columns(of), words(std::move(of_table)), numbered(of.size()) {}
    /// \errors internal: as Numbered::make
    Result<void> begin() {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto* texts = std::get_if<Texts>(&columns[i].values);
            if (texts != nullptr && i < words.size() && words[i].is_enum()) {
                ICMAP_ASSIGN(numbered[i], Numbered::make(*texts, words[i]));
                types.push_back(enum_type(words[i].word));
            } else {
                types.push_back(logical_type(columns[i]));
            }
        }
        return {};
    }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() {
        for (duckdb_logical_type& type : types) {
            duckdb_destroy_logical_type(&type);
        }
    }
};

/// Rows that statements may take, by number: a statement names what it appends, and a number that
/// nobody gave out is nothing.
class Offered {
  public:
    static Offered& all() {
        static Offered offered;
        return offered;
    }
    std::uint64_t add(const Rows& rows) {
        const std::scoped_lock lock(guard_);
        rows_.emplace(++last_, &rows);
        return last_;
    }
    void remove(std::uint64_t number) {
        const std::scoped_lock lock(guard_);
        rows_.erase(number);
    }
    const Rows* find(std::uint64_t number) {
        const std::scoped_lock lock(guard_);
        const auto found = rows_.find(number);
        return found == rows_.end() ? nullptr : found->second;
    }

  private:
    std::mutex guard_;
    std::map<std::uint64_t, const Rows*> rows_;
    std::uint64_t last_ = 0;
};

/// Offers rows while it lives.
class Offer {
  public:
    explicit Offer(const Rows& rows) : number_(Offered::all().add(rows)) {}
    Offer(const Offer&) = delete;
    Offer& operator=(const Offer&) = delete;
    ~Offer() { Offered::all().remove(number_); }
    [[nodiscard]] std::uint64_t number() const { return number_; }

  private:
    std::uint64_t number_;
};

/// The first of the offered rows that is not yet given.
struct Progressed {
    std::size_t next = 0;
};

void bind_rows(duckdb_bind_info info) {
    duckdb_value given = duckdb_bind_get_parameter(info, 0);
    const Rows* rows = Offered::all().find(duckdb_get_uint64(given));
    duckdb_destroy_value(&given);
    if (rows == nullptr) {
        duckdb_bind_set_error(info, "no such rows are offered");
        return;
    }
    for (std::size_t i = 0; i < rows->types.size(); ++i) {
        duckdb_bind_add_result_column(info, fmt::format("column_{}", i).c_str(), rows->types[i]);
    }
    duckdb_bind_set_cardinality(info, rows->count, true);
    duckdb_bind_set_bind_data(info, const_cast<Rows*>(rows), [](void*) {}); // only read
}

void begin_rows(duckdb_init_info info) {
    duckdb_init_set_init_data(info, std::make_unique<Progressed>().release(), [](void* progressed) {
        std::unique_ptr<Progressed>(static_cast<Progressed*>(progressed)).reset();
    });
}

void give_rows(duckdb_function_info info, duckdb_data_chunk chunk) {
    const auto& rows = *static_cast<const Rows*>(duckdb_function_get_bind_data(info));
    std::size_t& next = static_cast<Progressed*>(duckdb_function_get_init_data(info))->next;
    const std::size_t count =
        std::min(static_cast<std::size_t>(duckdb_vector_size()), rows.count - next);
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
        std::visit(
            [&]<class Values>(const Values& values) {
                if constexpr (std::is_same_v<Values, Texts>) {
                    if (rows.numbered[i]) {
                        rows.numbered[i]->fill(vector, values.subspan(next, count));
                        return;
                    }
                }
                fill(vector, values.subspan(next, count));
            },
            rows.columns[i].values);
    }
    duckdb_data_chunk_set_size(chunk, count);
    next += count;
}

tl::unexpected<Error> failure(std::string_view table, Error error) {
    if (error.remedy.empty()) {
        error.what = fmt::format("Rows could not be appended to {}: {}", table, error.what);
    }
    return tl::unexpected(std::move(error));
}

constexpr const char* kFunction = "icmap_offered_rows";

std::string full_name(std::string_view schema, std::string_view table) {
    const std::size_t dot = schema.find('.');
    const std::string database =
        dot == std::string_view::npos ? "" : identifier(schema.substr(0, dot)) + ".";
    return fmt::format("{}{}.{}", database,
                       identifier(dot == std::string_view::npos ? schema : schema.substr(dot + 1)),
                       identifier(table));
}

Result<std::vector<EnumWords>> words_of_table(Connection& connection, const std::string& name) {
    Statement all;
    if (duckdb_prepare(static_cast<duckdb_connection>(connection.handle()),
                       fmt::format("select * from {}", name).c_str(),
                       &all.statement) == DuckDBError) {
        return tl::unexpected(database_error(duckdb_prepare_error(all.statement)));
    }
    return words_of_columns(all.statement);
}

} // namespace

std::size_t Column::size() const {
    return std::visit([](const auto& span) { return span.size(); }, values);
}

Column Column::rows(std::size_t begin, std::size_t count) const {
    Column part = *this;
    std::visit([&](const auto& span) { part.values = span.subspan(begin, count); }, values);
    return part;
}

Result<void> append_columns(Connection& connection, std::string_view schema, std::string_view table,
                            std::span<const Column> columns) {
    if (columns.empty()) {
        return {};
    }
    const std::string name = full_name(schema, table);
    ICMAP_ASSIGN(auto words, words_of_table(connection, name));
    Rows rows(columns, std::move(words));
    if (auto begun = rows.begin(); !begun) {
        return failure(table, std::move(begun).error());
    }
    rows.count = columns.front().size();
    for (const Column& column : columns) {
        if (column.size() != rows.count) {
            return internal_error(fmt::format("columns for {} differ in length", table));
        }
    }
    // A statement rather than DuckDB's appender, which copies rows once more on their way and ends
    // a transaction every 204,800 of them: what it has of a block of rows by then goes into the log
    // first and into the file again later.
    const Offer offer(rows);
    const auto appended = connection.run(fmt::format("insert into {} select * from {}({}::ubigint)",
                                                     name, kFunction, offer.number()));
    return appended ? Result<void>() : failure(table, appended.error());
}

Result<void> let_rows_be_appended(void* connection) {
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_UBIGINT);
    duckdb_table_function_set_name(function, kFunction);
    duckdb_table_function_add_parameter(function, number);
    duckdb_table_function_set_bind(function, bind_rows);
    duckdb_table_function_set_init(function, begin_rows);
    duckdb_table_function_set_function(function, give_rows);
    const duckdb_state state =
        duckdb_register_table_function(static_cast<duckdb_connection>(connection), function);
    duckdb_destroy_logical_type(&number);
    duckdb_destroy_table_function(&function);
    return state == DuckDBSuccess
               ? Result<void>()
               : internal_error("the function that appends rows could not be registered");
}

} // namespace icmap::store
