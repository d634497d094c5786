#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

namespace icmap::publish {

/// Under official disclosure nothing is told of fewer firms than this, nor a sum of fewer.
constexpr int kFewestEnterprises = 10;
/// Nor a sum of which one enterprise has more than this share.
constexpr double kDominantShare = 0.5;
/// Nor one from which the second largest could work out the largest to within this part of it.
constexpr double kPriorShare = 0.1;

/// Puts views before the tables of the atlas on this connection that tell only what the atlas's own
/// `disclosure` allows; every query after it sees those. Exports and the server call it first.
/// \returns true if the atlas was built for official disclosure
/// \source docs/methods/disclosure.md
[[nodiscard]] Result<bool> apply_disclosure(store::Connection& atlas);

} // namespace icmap::publish
