#include "store/functions.hpp"

#include <duckdb.h>
#include <fmt/format.h>
#include <memory>

namespace icmap::store {
namespace {

void call(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    const auto& function =
        *static_cast<const TextFunction*>(duckdb_scalar_function_get_extra_info(info));
    const idx_t rows = duckdb_data_chunk_get_size(input);
    duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0);
    auto* values = static_cast<duckdb_string_t*>(duckdb_vector_get_data(texts));
    std::uint64_t* validity = duckdb_vector_get_validity(texts);
    std::string out;
    for (idx_t i = 0; i < rows; ++i) {
        out.clear();
        const bool is_given = validity == nullptr || duckdb_validity_row_is_valid(validity, i);
        if (is_given &&
            function({duckdb_string_t_data(&values[i]), duckdb_string_t_length(values[i])}, out)) {
            duckdb_vector_assign_string_element_len(output, i, out.data(), out.size());
        } else {
            duckdb_vector_ensure_validity_writable(output);
            duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), i);
        }
    }
}

void destroy(void* function) {
    std::unique_ptr<TextFunction>(static_cast<TextFunction*>(function)).reset();
}

} // namespace

Result<void> register_text_function(Connection& connection, const std::string& name,
                                    TextFunction function) {
    ICMAP_ASSIGN(const bool is_known, connection.integer("select count(*) from duckdb_functions() "
                                                         "where function_name = $1",
                                                         {std::string_view(name)}));
    if (is_known) {
        return {};
    }
    duckdb_scalar_function scalar = duckdb_create_scalar_function();
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_scalar_function_set_name(scalar, name.c_str());
    duckdb_scalar_function_add_parameter(scalar, text);
    duckdb_scalar_function_set_return_type(scalar, text);
    duckdb_scalar_function_set_extra_info(
        scalar, std::make_unique<TextFunction>(std::move(function)).release(), destroy);
    duckdb_scalar_function_set_function(scalar, call);
    const duckdb_state state = duckdb_register_scalar_function(
        static_cast<duckdb_connection>(connection.handle()), scalar);
    duckdb_destroy_logical_type(&text);
    duckdb_destroy_scalar_function(&scalar);
    if (state == DuckDBError) {
        return internal_error(fmt::format("the SQL function {} could not be registered", name));
    }
    return {};
}

} // namespace icmap::store
