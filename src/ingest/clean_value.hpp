#pragma once

#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::ingest {

/// How values of the registers are normalised: what SQL's macros (sql/ingest/macros.sql) call,
/// because millions of rows go through it.
/// \complexity each linear in the text

/// The text without the white space (and NUL) around it; empty where nothing is left.
[[nodiscard]] std::string_view clean_text(std::string_view text);

/// The clean text, but empty for the ways registers write "nothing" where a date, a number or a
/// code belongs.
[[nodiscard]] std::string_view clean_token(std::string_view text);

/// Writes the postcode unit that a clean text is: upper case, one space before the inward part. NPT
/// (Newport) and GIR (Girobank) are old districts without a digit.
/// \returns false where it is none
[[nodiscard]] bool postcode_of(std::string_view text, std::string& out);

/// Writes the number of a company, upper case; spreadsheets drop leading zeros, which are put back.
/// \returns false where the text is not all ASCII: SQL knows other letters
[[nodiscard]] bool common_company_number(std::string_view text, std::string& out);

/// Whole numbers of up to nine digits, as registers write them.
/// \returns false for all other texts
[[nodiscard]] bool common_integer(std::string_view text, std::int32_t& number);

/// Numbers of up to fifteen digits with or without a decimal point.
/// \returns false for all other texts
[[nodiscard]] bool common_number(std::string_view text, double& number);

/// The five digits of an SIC 2007 code, from "62020 - Information technology consultancy". Empty
/// where it is none that exists.
[[nodiscard]] std::string_view sic_of(std::string_view text);

/// The codes of a list. \returns false where it has none
[[nodiscard]] bool sic_list_of(std::span<const std::string_view> texts,
                               std::vector<std::string_view>& codes);

/// The first item of a list that is neither blank nor a code. \returns false where there is none
[[nodiscard]] bool unknown_sic_of(std::span<const std::string_view> texts, std::string_view& item);

/// The texts of a list that are not blank, cleaned. \returns false where none is left
[[nodiscard]] bool clean_list(std::span<const std::string_view> texts,
                              std::vector<std::string_view>& clean);

/// Makes all of these, and common_date, known to SQL under their names.
[[nodiscard]] Result<void> register_functions(store::Connection& connection);

} // namespace icmap::ingest
