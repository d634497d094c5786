#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <functional>
#include <string_view>

namespace icmap::store {

/// As Connection::read, but the answer is never in memory as a whole: rows come as they are made.
/// For answers that are written out. Until it returns the connection can do nothing else.
[[nodiscard]] Result<void> stream(Connection& connection, std::string_view query,
                                  const std::function<void(const Chunk&)>& rows);

} // namespace icmap::store
