#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::store {

/// Functions of one text, or of one list of texts. Each is called by several threads at once; must
/// depend on nothing but what it is given, and not throw. What it answers with is null where it
/// returns false.

/// Writes its answer to `out` (empty when it is called).
using TextFunction = std::function<bool(std::string_view text, std::string& out)>;
/// Answers with a part of the text, or with a text that lives forever.
using PartFunction = std::function<bool(std::string_view text, std::string_view& out)>;
/// Answers with a date, as days since 1970.
using DateFunction = std::function<bool(std::string_view text, std::int32_t& day)>;
/// Answers with a whole number.
using IntegerFunction = std::function<bool(std::string_view text, std::int32_t& number)>;
/// Answers with a decimal number.
using NumberFunction = std::function<bool(std::string_view text, double& number)>;
/// Of a list, whose nulls are empty texts. Answers with parts of its texts, in `out` (empty when it
/// is called).
using ListFunction = std::function<bool(std::span<const std::string_view> texts,
                                        std::vector<std::string_view>& out)>;
/// Of a list; answers with a part of one of its texts.
using ListPartFunction =
    std::function<bool(std::span<const std::string_view> texts, std::string_view& out)>;

/// Makes `name(varchar) -> varchar` known to SQL on every connection of the database. Null gives
/// null without a call. A name that is known already stays what it is.
/// \errors internal: DuckDB refuses the name
[[nodiscard]] Result<void> register_text_function(Connection& connection, const std::string& name,
                                                  TextFunction function);
/// The same for a function that writes nothing of its own.
[[nodiscard]] Result<void> register_part_function(Connection& connection, const std::string& name,
                                                  PartFunction function);
/// The same for `name(varchar) -> date`.
[[nodiscard]] Result<void> register_date_function(Connection& connection, const std::string& name,
                                                  DateFunction function);
/// The same for `name(varchar) -> integer`.
[[nodiscard]] Result<void> register_integer_function(Connection& connection,
                                                     const std::string& name,
                                                     IntegerFunction function);
/// The same for `name(varchar) -> double`.
[[nodiscard]] Result<void> register_number_function(Connection& connection, const std::string& name,
                                                    NumberFunction function);
/// The same for `name(varchar[]) -> varchar[]`.
[[nodiscard]] Result<void> register_list_function(Connection& connection, const std::string& name,
                                                  ListFunction function);
/// The same for `name(varchar[]) -> varchar`.
[[nodiscard]] Result<void> register_list_part_function(Connection& connection,
                                                       const std::string& name,
                                                       ListPartFunction function);

} // namespace icmap::store
