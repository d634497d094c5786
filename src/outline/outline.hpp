#pragma once

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "outline/land.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::outline {

/// No vertex and no arc's centre comes nearer to a member than this.
inline constexpr Metres kDisclosureDistance{0.5};

/// How an outline is drawn. Defaults are the published map's look, in metres.
struct OutlineOptions {
    /// Side of the grid that members are snapped to before anything else, > 0.
    Metres snap{250.0};
    /// Concavity, 0 (tightest) to 1 (convex hull), inclusive.
    double ratio = 0.3;
    /// How far the outline stands off the snapped members. 98 % of it must be at least
    /// 0.7072 * snap + simplify + kDisclosureDistance, so that no member can fall outside.
    Metres buffer{600.0};
    /// Vertices closer than this to the line without them are dropped; 0: none.
    Metres simplify{50.0};
};

/// The boundary of a set of members that does not give them away.
///
/// Members are snapped to the nodes of a grid, the concave hull of the occupied nodes is taken,
/// buffered, simplified, and clipped to `land` where that is given.
///
/// Guarantees, whatever the members: every member is covered. No vertex, and no centre of an arc,
/// is within kDisclosureDistance of a member (vertices of `land` apart, which are public). One
/// part, unless land cuts it; then every part covers a member. Valid. The same members in any
/// order, on any thread count, give the same bytes; so does any other set that occupies the same
/// nodes, members off `land` apart.
///
/// \param members planar metres; repeats count once; not empty, finite
/// \param land polygons in the same CRS, valid, or nullptr. A member off the land, or on its very
/// border, keeps the ground
///        around its node.
/// \param deadline after which it is given up, between two steps of the drawing
/// \errors input: no member; one that is not finite; an option out of its range, with the limit;
///         members laid out so that no grid hides them all; stopped: the deadline has passed
/// \complexity O(n log n) in the members; the hull costs O(m log m) in the occupied nodes
/// \source docs/methods/outlines.md
[[nodiscard]] Result<geo::Geometry> outline(std::span<const PlaneXY> members,
                                            const OutlineOptions& options = {},
                                            const LandPiece* land = nullptr,
                                            const Deadline& deadline = {});

/// The smallest buffer that keeps every member inside at this snap and simplification.
[[nodiscard]] Metres least_buffer(const OutlineOptions& options);

/// How far an outline may go beyond the box around its members.
[[nodiscard]] Metres reach_of(const OutlineOptions& options);

/// The outlines of all clusters of a labelling, in parallel.
/// \param labels one per member: 0 to n - 1, negative: in no cluster
/// \param land each outline is clipped to the land around it; nullptr: none is
/// \returns one outline per label 0 to n - 1; the empty geometry for a label without a member
/// \errors as `outline`, for the lowest label that fails
[[nodiscard]] Result<std::vector<geo::Geometry>> outlines(std::span<const PlaneXY> members,
                                                          std::span<const std::int32_t> labels,
                                                          const OutlineOptions& options = {},
                                                          const Land* land = nullptr,
                                                          const Deadline& deadline = {});

} // namespace icmap::outline
