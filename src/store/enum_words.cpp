#include "store/enum_words.hpp"

namespace icmap::store {
namespace {

/// A duckdb_logical_type that is freed.
struct Type {
    duckdb_logical_type type;
    explicit Type(duckdb_logical_type of) : type(of) {}
    Type(const Type&) = delete;
    Type& operator=(const Type&) = delete;
    ~Type() { duckdb_destroy_logical_type(&type); }
};

} // namespace

EnumWords::EnumWords(duckdb_logical_type type) {
    if (duckdb_get_type_id(type) != DUCKDB_TYPE_ENUM) {
        return;
    }
    is_wide = duckdb_enum_internal_type(type) != DUCKDB_TYPE_UTINYINT;
    for (idx_t i = 0; i < duckdb_enum_dictionary_size(type); ++i) {
        char* text = duckdb_enum_dictionary_value(type, i);
        word.emplace_back(text);
        duckdb_free(text);
    }
}

std::vector<EnumWords> words_of_columns(duckdb_result& answer) {
    std::vector<EnumWords> words;
    for (idx_t i = 0; i < duckdb_column_count(&answer); ++i) {
        words.emplace_back(Type(duckdb_column_logical_type(&answer, i)).type);
    }
    return words;
}

std::vector<EnumWords> words_of_columns(duckdb_prepared_statement statement) {
    std::vector<EnumWords> words;
    for (idx_t i = 0; i < duckdb_prepared_statement_column_count(statement); ++i) {
        words.emplace_back(Type(duckdb_prepared_statement_column_logical_type(statement, i)).type);
    }
    return words;
}

} // namespace icmap::store
