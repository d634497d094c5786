#pragma once

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::store {

/// A CSV field (RFC 4180, section 2). A text that a spreadsheet would run as a formula gets an
/// apostrophe in front; a number, negative or not, is no formula.
/// \source OWASP, "CSV Injection"
[[nodiscard]] std::string csv_field(std::string_view text);

/// Adds a line of fields, ended by CR LF.
void append_csv_line(std::string& csv, std::span<const std::string> fields);

/// Columns that every row of a file ends with, and what they hold; as long as each other.
struct CsvEnding {
    std::vector<std::string> names, values;
};

/// Writes the rows of a query, with a header; columns of bytes are left out. The only way in which
/// CSV leaves the database.
/// \returns the number of rows
/// \errors input: the query is wrong, the file cannot be written; stopped: the deadline has passed
[[nodiscard]] Result<std::uint64_t> write_csv_file(Connection& connection, std::string_view query,
                                                   const CsvEnding& ending,
                                                   const Deadline& deadline,
                                                   const std::filesystem::path& file);

} // namespace icmap::store
