#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "classify/taxonomy.hpp"
#include "store/connection.hpp"

#include <cstdint>

namespace icmap::classify {

/// Searches names and descriptions of firms, titles and abstracts of projects that firms took part
/// in, and titles of firms' patents. Fills the temporary tables classify_firm_hit and
/// classify_work_hit (sql/classify/tables.sql), one row per text and sector spoken for.
/// \param beside a connection on which the next firms are read while some are searched; null: none
/// \returns the number of texts read
/// \complexity linear in the texts; memory for a million firms at a time
[[nodiscard]] Result<std::uint64_t> search_texts(store::Connection& connection,
                                                 store::Connection* beside,
                                                 const Definitions& definitions,
                                                 Progress& progress);

} // namespace icmap::classify
