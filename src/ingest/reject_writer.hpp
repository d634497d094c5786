#pragma once

#include "ingest/source_reader.hpp"

namespace icmap::ingest {

/// Loads reference/reject_codes.toml into the temporary table ingest_code.
[[nodiscard]] Result<void> load_codes(store::Connection& connection);

/// Writes everything wrong with a file to main.reject: with the line of the file, by a second pass
/// over it that is made only where there is something to tell.
/// \param first_record ordinal of the file's first record in its source
/// \param only_warnings second reading of rows that were accounted for already: nothing is
///        counted again, and what cost a record there is a warning here
[[nodiscard]] Result<void> write_rejects(store::Connection& connection, const FileRead& file,
                                         std::uint16_t source_id, std::uint64_t first_record,
                                         bool only_warnings);

} // namespace icmap::ingest
