#pragma once

#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "outline/outline.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icmap::outline {

/// What in a boundary gave a member away.
enum class LeakKind : std::uint8_t {
    vertex,     ///< a vertex lies on the member
    arc_centre, ///< vertices lie on a circle around the member
};

/// A member that a boundary gives away.
struct Leak {
    LeakKind kind = LeakKind::vertex;
    std::size_t member = 0; ///< index of the nearest member
    PlaneXY place;          ///< what the intruder read off the boundary
    double distance_m = 0.0;
};

/// What the intruder knows and how near is near enough.
struct IntruderOptions {
    /// A place read off the boundary gives a member away that is no farther, inclusive.
    Metres reach = kDisclosureDistance;
    /// Vertices lie on a circle if they are no farther from it.
    Metres fit{0.01};
    /// The buffer distance, where the method is public: three vertices are then enough.
    std::optional<Metres> radius;
};

/// Plays the reader of a published map who looks for the outermost members: every vertex is a
/// guess, and so is the centre of every circle that four or more vertices in a row lie on (three,
/// where the radius is known). That is how the exact postcodes can be read off a boundary that is a
/// plain buffer of a hull.
///
/// \param boundary planar metres
/// \param members planar metres
/// \returns the guesses that hit, in the order of the boundary; empty: nothing was given away
/// \complexity O(v * longest arc + v log n) for v vertices, n members
/// \source docs/methods/outlines.md
[[nodiscard]] std::vector<Leak> find_leaks(const geo::Geometry& boundary,
                                           std::span<const PlaneXY> members,
                                           const IntruderOptions& options = {});

} // namespace icmap::outline
