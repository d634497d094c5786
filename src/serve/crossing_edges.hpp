#pragma once

#include "geo/geometry.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace icmap::serve {

/// The most positions of a place that somebody draws; a border drawn to 100 m has fewer.
inline constexpr std::size_t kMostDrawnPositions = 2000;

/// Two edges of drawn rings, each from its start to its end, in degrees.
struct EdgePair {
    PlaneXY first_start, first_end, second_start, second_end;
    /// "the edge from -1.5, 53.3 to -1.3, 53.5 crosses that from …"
    [[nodiscard]] std::string text() const;
};

/// Rounds positions to a ten-millionth of a degree (1 cm), on which `find_crossing` decides
/// exactly.
void round_positions(geo::Ring& ring);

/// Two edges, of one ring or of two, that cross between their ends, or of which one runs along a
/// part of the other. Nothing where edges only touch, coincide whole, or turn back upon the one
/// before: such places can be mended in time that grows with their positions, while mending m
/// crossings takes m² (2,000 positions: 50 s and 900 MB).
/// \param rings in degrees, rounded; open or closed; at most kMostDrawnPositions in all
/// \complexity quadratic where all edges lie side by side: 2 million pairs, some 10 ms
[[nodiscard]] std::optional<EdgePair> find_crossing(std::span<const geo::Ring> rings);

} // namespace icmap::serve
