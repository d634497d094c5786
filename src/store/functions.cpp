#include "store/functions.hpp"

#include <duckdb.h>
#include <fmt/format.h>
#include <memory>

namespace icmap::store {
namespace {

/// Where the answers of one call go.
class TextAnswers {
  public:
    explicit TextAnswers(duckdb_vector output) : output_(output) {}
    bool answer(const TextFunction& function, std::string_view text, idx_t row) {
        out_.clear();
        if (!function(text, out_)) {
            return false;
        }
        duckdb_vector_assign_string_element_len(output_, row, out_.data(), out_.size());
        return true;
    }

  private:
    duckdb_vector output_;
    std::string out_;
};

class DateAnswers {
  public:
    explicit DateAnswers(duckdb_vector output)
        : days_(static_cast<duckdb_date*>(duckdb_vector_get_data(output))) {}
    bool answer(const DateFunction& function, std::string_view text, idx_t row) {
        return function(text, days_[row].days);
    }

  private:
    duckdb_date* days_;
};

template <class Function, class Answers>
void call(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const auto& function =
        *static_cast<const Function*>(duckdb_scalar_function_get_extra_info(info));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0);
    auto* values = static_cast<duckdb_string_t*>(duckdb_vector_get_data(texts));
    std::uint64_t* validity = duckdb_vector_get_validity(texts);
    Answers answers(output);
    for (idx_t i = 0; i < rows; ++i) {
        const bool is_given = validity == nullptr || duckdb_validity_row_is_valid(validity, i);
        if (!is_given ||
            !answers.answer(function,
                            {duckdb_string_t_data(&values[i]), duckdb_string_t_length(values[i])},
                            i)) {
            duckdb_vector_ensure_validity_writable(output);
            duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), i);
        }
    }
}

template <class Function>
void destroy(void* function) {
    std::unique_ptr<Function>(static_cast<Function*>(function)).reset();
}

template <class Function, class Answers>
Result<void> register_function(Connection& connection, const std::string& name, Function function,
                               duckdb_type answer_type) {
    ICMAP_ASSIGN(const bool is_known, connection.integer("select count(*) from duckdb_functions() "
                                                         "where function_name = $1",
                                                         {std::string_view(name)}));
    if (is_known) {
        return {};
    }
    duckdb_scalar_function scalar = duckdb_create_scalar_function();
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_logical_type answer = duckdb_create_logical_type(answer_type);
    duckdb_scalar_function_set_name(scalar, name.c_str());
    duckdb_scalar_function_add_parameter(scalar, text);
    duckdb_scalar_function_set_return_type(scalar, answer);
    duckdb_scalar_function_set_extra_info(
        scalar, std::make_unique<Function>(std::move(function)).release(), destroy<Function>);
    duckdb_scalar_function_set_function(scalar, call<Function, Answers>);
    const duckdb_state state = duckdb_register_scalar_function(
        static_cast<duckdb_connection>(connection.handle()), scalar);
    duckdb_destroy_logical_type(&text);
    duckdb_destroy_logical_type(&answer);
    duckdb_destroy_scalar_function(&scalar);
    if (state == DuckDBError) {
        return internal_error(fmt::format("the SQL function {} could not be registered", name));
    }
    return {};
}

} // namespace

Result<void> register_text_function(Connection& connection, const std::string& name,
                                    TextFunction function) {
    return register_function<TextFunction, TextAnswers>(connection, name, std::move(function),
                                                        DUCKDB_TYPE_VARCHAR);
}

Result<void> register_date_function(Connection& connection, const std::string& name,
                                    DateFunction function) {
    return register_function<DateFunction, DateAnswers>(connection, name, std::move(function),
                                                        DUCKDB_TYPE_DATE);
}

} // namespace icmap::store
