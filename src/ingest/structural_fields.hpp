#pragma once

#include "ingest/source_reader.hpp"

namespace icmap::ingest {

/// Finds the field, and for bytes that are no text the value, of rows that never became values: the
/// first value that is not UTF-8, or the longest. Of the first hundred such rows of a file.
[[nodiscard]] Result<void> name_fields(FileRead& file);

/// Text with every byte that is not UTF-8 written as "\xE9".
[[nodiscard]] std::string with_escapes(std::string_view text);

} // namespace icmap::ingest
