#include "store/functions.hpp"

#include "store/function_adapter.hpp"

namespace icmap::store {

using adapter::ListAnswers;
using adapter::PartAnswers;
using adapter::register_function;
using adapter::TextAnswers;
using adapter::TextLists;
using adapter::Texts;
using adapter::ValueAnswers;

Result<void> register_text_function(Connection& connection, const std::string& name,
                                    TextFunction function) {
    return register_function<Texts, TextAnswers>(connection, name, std::move(function));
}

Result<void> register_part_function(Connection& connection, const std::string& name,
                                    PartFunction function) {
    return register_function<Texts, PartAnswers>(connection, name, std::move(function));
}

Result<void> register_date_function(Connection& connection, const std::string& name,
                                    DateFunction function) {
    static_assert(sizeof(duckdb_date) == sizeof(std::int32_t));
    return register_function<Texts, ValueAnswers<std::int32_t, DUCKDB_TYPE_DATE>>(
        connection, name, std::move(function));
}

Result<void> register_integer_function(Connection& connection, const std::string& name,
                                       IntegerFunction function) {
    return register_function<Texts, ValueAnswers<std::int32_t, DUCKDB_TYPE_INTEGER>>(
        connection, name, std::move(function));
}

Result<void> register_number_function(Connection& connection, const std::string& name,
                                      NumberFunction function) {
    return register_function<Texts, ValueAnswers<double, DUCKDB_TYPE_DOUBLE>>(connection, name,
                                                                              std::move(function));
}

Result<void> register_list_function(Connection& connection, const std::string& name,
                                    ListFunction function) {
    return register_function<TextLists, ListAnswers>(connection, name, std::move(function));
}

Result<void> register_list_part_function(Connection& connection, const std::string& name,
                                         ListPartFunction function) {
    return register_function<TextLists, PartAnswers>(connection, name, std::move(function));
}

} // namespace icmap::store
