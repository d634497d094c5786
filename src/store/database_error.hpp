#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace icmap::store {

/// What the database says of a failure, as an error for people: the cause alone, without the kind
/// of error, the place in the SQL and the stack trace that it prints around it. A full disk and too
/// little memory are told as such, with a remedy and, where the database names it, the file.
/// An interruption keeps its text. \param text may be null
[[nodiscard]] Error database_error(const char* text);

/// True for an error after which the database cannot be relied on: a full disk (what was written in
/// part is not there, but may be read as if it were) or a fault of the database itself.
[[nodiscard]] bool leaves_no_database(const Error& error);

/// The cause within the text of a database error: "IO Error: Could not …\n\nStack Trace:…" is
/// "Could not …".
[[nodiscard]] std::string cause_of(std::string_view text);

} // namespace icmap::store
