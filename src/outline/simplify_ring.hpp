#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <optional>

namespace icmap::outline {

/// A ring with fewer vertices (Douglas and Peucker 1973), no dropped vertex further than the
/// tolerance from the line without it.
///
/// Where the tolerance is small against the ring this is what GEOS's topology-preserving
/// simplification gives, without its index of all edges.
/// \param ring closed: the last vertex repeats the first; at least four vertices
/// \param tolerance inclusive, above zero
/// \returns a closed ring of at least four vertices that keeps the first, or nothing where the
///          result would touch itself, or comes so near to it that rounding could tell otherwise
/// \complexity O(n log n) for outlines
[[nodiscard]] std::optional<geo::Ring> simplify_ring(const geo::Ring& ring, Metres tolerance);

} // namespace icmap::outline
