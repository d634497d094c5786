#pragma once

#include "ingest/source.hpp"

#include <optional>
#include <string>

namespace icmap::ingest {

/// The rows kept of a source, and the records that they are: "27,326 kept (merged into 4,079)", or
/// "374 kept" where every row is a record.
[[nodiscard]] std::string kept_in_words(const SourceReport& source);

/// Of a source of areas some of which are given already, by a row or a source before: how many, and
/// what to do. Nothing for any other source: areas are the one kind of which two files are as
/// likely to be the same as to complete each other.
[[nodiscard]] std::optional<std::string> areas_given_twice(const SourceReport& source);

/// Its path as written, with the layer where the project names one.
[[nodiscard]] std::string path_in_words(const SourceReport& source);

} // namespace icmap::ingest
