#pragma once

#include "base/result.hpp"
#include "link/match_names.hpp"
#include "store/connection.hpp"

#include <functional>

namespace icmap::link {

/// Reads the firms and institutions of the atlas: names, former names, addresses, lives.
[[nodiscard]] Result<Register> read_register(store::Connection& connection);

/// Matches the mentions that have no link yet against firms and institutions, and writes the
/// outcome to the temporary table mention_match.
/// \param read gives the register; not called where no mention is left
[[nodiscard]] Result<void> weigh_links(store::Connection& connection, const MatchOptions& options,
                                       const std::function<Result<Register>()>& read);

} // namespace icmap::link
