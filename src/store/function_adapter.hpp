#pragma once

// How functions of ours are called by SQL: included by the files of this folder that register some.

#include "store/functions.hpp"

#include <cstring>
#include <duckdb.h>
#include <fmt/format.h>
#include <limits>
#include <memory>

namespace icmap::store::adapter {

/// Writes a text into a vector: short ones stand in the row itself.
inline void write_text(duckdb_vector vector, idx_t row, std::string_view text) {
    constexpr std::size_t kLongestInRow = sizeof(duckdb_string_t) - sizeof(std::uint32_t);
    if (text.size() > kLongestInRow) {
        duckdb_vector_assign_string_element_len(vector, row, text.data(), text.size());
        return;
    }
    duckdb_string_t value{};
    value.value.inlined.length = static_cast<std::uint32_t>(text.size());
    if (!text.empty()) {
        std::memcpy(&value.value.inlined.inlined[0], text.data(), text.size());
    }
    static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector))[row] = value;
}

inline std::string_view text_of(duckdb_string_t& value) {
    return {duckdb_string_t_data(&value), duckdb_string_t_length(value)};
}

inline bool is_valid(const std::uint64_t* validity, idx_t row) {
    return validity == nullptr || ((validity[row / 64] >> (row % 64)) & 1U) != 0;
}

/// The texts of one argument.
class Texts {
  public:
    using Value = std::string_view;
    static duckdb_logical_type type() { return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR); }
    explicit Texts(duckdb_vector vector)
        : values_(static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector))),
          validity_(duckdb_vector_get_validity(vector)) {}
    [[nodiscard]] bool is_given(idx_t row) const { return is_valid(validity_, row); }
    [[nodiscard]] Value operator[](idx_t row) const { return text_of(values_[row]); }

  private:
    duckdb_string_t* values_;
    const std::uint64_t* validity_;
};

/// The lists of texts of one argument.
class TextLists {
  public:
    using Value = std::span<const std::string_view>;
    static duckdb_logical_type type() {
        duckdb_logical_type text = Texts::type();
        duckdb_logical_type list = duckdb_create_list_type(text);
        duckdb_destroy_logical_type(&text);
        return list;
    }
    explicit TextLists(duckdb_vector vector)
        : entries_(static_cast<duckdb_list_entry*>(duckdb_vector_get_data(vector))),
          validity_(duckdb_vector_get_validity(vector)),
          texts_(duckdb_list_vector_get_child(vector)) {}
    [[nodiscard]] bool is_given(idx_t row) const { return is_valid(validity_, row); }
    [[nodiscard]] Value operator[](idx_t row) {
        const duckdb_list_entry& entry = entries_[row];
        items_.clear();
        for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
            items_.push_back(texts_.is_given(i) ? texts_[i] : std::string_view());
        }
        return items_;
    }

  private:
    duckdb_list_entry* entries_;
    const std::uint64_t* validity_;
    Texts texts_;
    std::vector<std::string_view> items_;
};

/// Row numbers of one argument, for functions of one.
class RowNumbers {
  public:
    using Value = std::size_t;
    static duckdb_logical_type type() { return duckdb_create_logical_type(DUCKDB_TYPE_BIGINT); }
    explicit RowNumbers(duckdb_vector vector)
        : values_(static_cast<std::int64_t*>(duckdb_vector_get_data(vector))),
          validity_(duckdb_vector_get_validity(vector)) {}
    [[nodiscard]] bool is_given(idx_t row) const {
        return is_valid(validity_, row) && values_[row] >= 0;
    }
    [[nodiscard]] Value operator[](idx_t row) const { return static_cast<Value>(values_[row]); }

  private:
    std::int64_t* values_;
    const std::uint64_t* validity_;
};

/// Where the answers of one call go.
class TextAnswers {
  public:
    static duckdb_logical_type type() { return Texts::type(); }
    explicit TextAnswers(duckdb_vector output) : output_(output) {}
    template <class Value>
    bool answer(const TextFunction& function, Value text, idx_t row) {
        out_.clear();
        if (!function(text, out_)) {
            return false;
        }
        write_text(output_, row, out_);
        return true;
    }
    void finish() {}

  private:
    duckdb_vector output_;
    std::string out_;
};

class PartAnswers {
  public:
    static duckdb_logical_type type() { return Texts::type(); }
    explicit PartAnswers(duckdb_vector output) : output_(output) {}
    template <class Function, class Value>
    bool answer(const Function& function, Value value, idx_t row) {
        std::string_view part;
        if (!function(value, part)) {
            return false;
        }
        write_text(output_, row, part);
        return true;
    }
    void finish() {}

  private:
    duckdb_vector output_;
};

template <class T, duckdb_type kType>
class ValueAnswers {
  public:
    static duckdb_logical_type type() { return duckdb_create_logical_type(kType); }
    explicit ValueAnswers(duckdb_vector output)
        : values_(static_cast<T*>(duckdb_vector_get_data(output))) {}
    template <class Function, class Value>
    bool answer(const Function& function, Value value, idx_t row) {
        return function(value, values_[row]);
    }
    void finish() {}

  private:
    T* values_;
};

/// Collects the parts of all lists: where they go moves as it grows.
class ListAnswers {
  public:
    static duckdb_logical_type type() { return TextLists::type(); }
    explicit ListAnswers(duckdb_vector output)
        : output_(output),
          entries_(static_cast<duckdb_list_entry*>(duckdb_vector_get_data(output))) {}
    bool answer(const ListFunction& function, TextLists::Value texts, idx_t row) {
        out_.clear();
        const bool is_answered = function(texts, out_);
        entries_[row] = {all_.size(), is_answered ? out_.size() : 0};
        if (is_answered) {
            all_.insert(all_.end(), out_.begin(), out_.end());
        }
        return is_answered;
    }
    void finish() {
        duckdb_list_vector_reserve(output_, all_.size());
        duckdb_list_vector_set_size(output_, all_.size());
        duckdb_vector child = duckdb_list_vector_get_child(output_);
        for (idx_t i = 0; i < all_.size(); ++i) {
            write_text(child, i, all_[i]);
        }
    }

  private:
    duckdb_vector output_;
    duckdb_list_entry* entries_;
    std::vector<std::string_view> out_;
    std::vector<std::string_view> all_;
};

template <class Function, class Arguments, class Answers>
void call(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const auto& function =
        *static_cast<const Function*>(duckdb_scalar_function_get_extra_info(info));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    Arguments arguments(duckdb_data_chunk_get_vector(input, 0));
    Answers answers(output);
    if constexpr (requires(Function f) { f.expect(arguments[0]); }) {
        for (idx_t i = 0; i < rows; ++i) {
            if (arguments.is_given(i)) {
                function.expect(arguments[i]);
            }
        }
    }
    std::uint64_t* validity = nullptr;
    for (idx_t i = 0; i < rows; ++i) {
        if (arguments.is_given(i) && answers.answer(function, arguments[i], i)) {
            continue;
        }
        if (validity == nullptr) {
            duckdb_vector_ensure_validity_writable(output);
            validity = duckdb_vector_get_validity(output);
        }
        validity[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    }
    answers.finish();
}

template <class Function>
void destroy(void* function) {
    std::unique_ptr<Function>(static_cast<Function*>(function)).reset();
}

template <class Arguments, class Answers, class Function>
Result<void> register_function(Connection& connection, const std::string& name, Function function) {
    ICMAP_ASSIGN(const bool is_known, connection.integer("select count(*) from duckdb_functions() "
                                                         "where function_name = $1",
                                                         {std::string_view(name)}));
    if (is_known) {
        return {};
    }
    duckdb_scalar_function scalar = duckdb_create_scalar_function();
    duckdb_logical_type argument = Arguments::type();
    duckdb_logical_type answer = Answers::type();
    duckdb_scalar_function_set_name(scalar, name.c_str());
    duckdb_scalar_function_add_parameter(scalar, argument);
    duckdb_scalar_function_set_return_type(scalar, answer);
    duckdb_scalar_function_set_extra_info(
        scalar, std::make_unique<Function>(std::move(function)).release(), destroy<Function>);
    duckdb_scalar_function_set_function(scalar, call<Function, Arguments, Answers>);
    const duckdb_state state = duckdb_register_scalar_function(
        static_cast<duckdb_connection>(connection.handle()), scalar);
    duckdb_destroy_logical_type(&argument);
    duckdb_destroy_logical_type(&answer);
    duckdb_destroy_scalar_function(&scalar);
    if (state == DuckDBError) {
        return internal_error(fmt::format("the SQL function {} could not be registered", name));
    }
    return {};
}

} // namespace icmap::store::adapter
