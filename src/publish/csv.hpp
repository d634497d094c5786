#pragma once

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "publish/table.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace icmap::publish {

/// A CSV field (RFC 4180, section 2). A text that a spreadsheet would run as a formula gets an
/// apostrophe in front; a number, negative or not, is no formula.
/// \source OWASP, "CSV Injection"
[[nodiscard]] std::string csv_field(std::string_view text);

/// Adds a line of fields, ended by CR LF.
void append_csv_line(std::string& csv, std::span<const std::string> fields);

/// The names of the columns that every CSV of ours ends with; `Provenance::fields` are their
/// values.
[[nodiscard]] std::span<const std::string> provenance_columns();

/// Writes the rows of a table; its geometry is left out, which the other formats have.
/// \errors input: the file cannot be written; stopped: the deadline has passed
[[nodiscard]] Result<std::uint64_t> write_csv(store::Connection& atlas, const Table& table,
                                              const Deadline& deadline,
                                              const std::filesystem::path& file);

} // namespace icmap::publish
