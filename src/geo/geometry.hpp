#pragma once

#include "base/result.hpp"
#include "base/units.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// GEOS's own opaque type; only geos.hpp and its users include GEOS.
struct GEOSGeom_t;

namespace icmap::geo {

class Projection;

enum class GeometryKind : std::uint8_t { empty, points, lines, polygons, mixed };

/// A chain of positions; of a polygon's boundary the last repeats the first.
using Ring = std::vector<PlaneXY>;

/// One part of a geometry: a point (one ring of one position), a line (one ring), or a polygon
/// (its shell, then its holes; shells anticlockwise, holes clockwise).
struct GeometryPart {
    GeometryKind kind = GeometryKind::empty; ///< points, lines or polygons
    std::vector<Ring> rings;
};

/// Points, lines and polygons, one or many: an immutable value.
///
/// It carries no CRS: positions are planar metres, or, where the caller says so (files, output),
/// x is longitude and y latitude in degrees. Lengths and areas mean something in metres only.
/// Copies are deep; several threads may read one at once. Z is dropped.
class Geometry {
  public:
    /// The empty geometry.
    Geometry();
    ~Geometry();
    Geometry(const Geometry& other);
    Geometry& operator=(const Geometry& other);
    Geometry(Geometry&&) noexcept;
    Geometry& operator=(Geometry&&) noexcept;

    [[nodiscard]] static Geometry point(PlaneXY position);
    [[nodiscard]] static Geometry points(std::span<const PlaneXY> positions);
    /// \errors input: fewer than two positions, or one that is not finite
    [[nodiscard]] static Result<Geometry> line(std::span<const PlaneXY> positions);
    /// Closes open rings. The polygon may be invalid (cross itself): see `mend`.
    /// \errors input: fewer than three positions in a ring, or one that is not finite
    [[nodiscard]] static Result<Geometry> polygon(std::span<const PlaneXY> shell,
                                                  std::span<const Ring> holes = {});
    [[nodiscard]] static Geometry box(const Box& box);
    /// All parts of all of them as one geometry, in order; nothing is dissolved (see `unite`).
    [[nodiscard]] static Geometry collect(std::span<const Geometry> geometries);

    /// \errors input: the bytes are no well-known binary (ISO or EWKB), or hold what is not finite
    [[nodiscard]] static Result<Geometry> from_wkb(std::string_view bytes);
    /// \errors input: the text is no well-known text, or holds what is not finite
    [[nodiscard]] static Result<Geometry> from_wkt(std::string_view text);

    /// ISO well-known binary, little endian, two dimensions.
    [[nodiscard]] std::string wkb() const;
    /// Well-known text with at most `decimals` decimals (trailing zeros dropped).
    [[nodiscard]] std::string wkt(int decimals) const;
    /// GeoJSON geometry (RFC 7946: shells anticlockwise) with at most `decimals` decimals.
    [[nodiscard]] std::string geojson(int decimals) const;

    [[nodiscard]] bool is_empty() const;
    [[nodiscard]] GeometryKind kind() const;
    /// Number of points, lines and polygons in it.
    [[nodiscard]] std::size_t part_count() const;
    [[nodiscard]] std::size_t vertex_count() const;
    /// Its positions. \complexity linear, copies all
    [[nodiscard]] std::vector<GeometryPart> parts() const;

    /// min > max where it is empty.
    [[nodiscard]] Box bounds() const;
    [[nodiscard]] double area_m2() const;
    /// Of lines their length, of polygons the length of their boundary.
    [[nodiscard]] double length_m() const;
    /// Centre of mass; may lie outside. NaN where it is empty.
    [[nodiscard]] PlaneXY centroid() const;
    /// A place for its label: the pole of inaccessibility of the largest polygon to within 1 % of
    /// the size of its bounds, otherwise a position on it. NaN where it is empty.
    [[nodiscard]] PlaneXY label_point() const;

    /// True if the position is inside or on the boundary.
    [[nodiscard]] bool covers(PlaneXY position) const;
    /// True if no position of `other` is outside.
    [[nodiscard]] bool covers(const Geometry& other) const;
    [[nodiscard]] bool intersects(const Geometry& other) const;
    /// 0 where the position is covered, infinity where this is empty.
    [[nodiscard]] double distance_m(PlaneXY position) const;
    /// True if the two have the same structure and vertices, to the bit.
    [[nodiscard]] bool equals_exactly(const Geometry& other) const;

    [[nodiscard]] bool is_valid() const;
    /// Why it is not valid, with the place: "Self-intersection at (412000, 398000)"; empty if it
    /// is.
    [[nodiscard]] std::string validity_reason() const;

    /// For geo/ and its users of GEOS alone: takes ownership, looks at the raw geometry.
    static Geometry adopt(GEOSGeom_t* raw);
    [[nodiscard]] const GEOSGeom_t* raw() const;

  private:
    struct Destroy {
        void operator()(GEOSGeom_t* raw) const;
    };
    explicit Geometry(GEOSGeom_t* raw);

    std::unique_ptr<GEOSGeom_t, Destroy> raw_;
};

/// A geometry made valid, and what was wrong with it.
struct Mended {
    Geometry geometry;
    bool changed = false;
    std::string reason; ///< why it was not valid; empty where nothing changed
};

// Operations. All are deterministic; none changes its argument.
// \errors of all: internal, where GEOS gives up, with its words.

/// Makes a geometry valid without losing a vertex or a covered place where that is possible: a
/// polygon that crosses itself becomes the polygons it encloses. Polygons stay polygons: what
/// collapses to a line is dropped.
[[nodiscard]] Result<Mended> mend(const Geometry& geometry);

[[nodiscard]] Result<Geometry> unite(std::span<const Geometry> geometries);
[[nodiscard]] Result<Geometry> intersection(const Geometry& a, const Geometry& b);
[[nodiscard]] Result<Geometry> difference(const Geometry& a, const Geometry& b);

/// Fewer vertices, at most `tolerance` away from the original; polygons stay valid.
[[nodiscard]] Result<Geometry> simplify(const Geometry& geometry, Metres tolerance);

/// All places within `distance` (negative: erodes), round corners of `quadrant_segments` chords a
/// quarter circle. The chords run inside the true arc.
[[nodiscard]] Result<Geometry> buffer(const Geometry& geometry, Metres distance,
                                      int quadrant_segments = 8);

[[nodiscard]] Result<Geometry> convex_hull(const Geometry& geometry);

/// A polygon without holes that covers all vertices. A line or a point where all are on one line.
/// \param ratio 0 (tightest) to 1 (the convex hull): longest edge as a share of the range between
///        the longest and the shortest edge of the triangulation
/// \source GEOS 3.11 GEOSConcaveHull
[[nodiscard]] Result<Geometry> concave_hull(const Geometry& geometry, double ratio);

/// The positions of two geometries that lie closest, one of each; the same twice where they meet.
/// \errors input: one of them is empty
[[nodiscard]] Result<std::array<PlaneXY, 2>> closest_positions(const Geometry& a,
                                                               const Geometry& b);

/// Moves every position as `move` does, ring by ring; the structure stays.
/// \errors input: a position whose image is not finite, with the position
[[nodiscard]] Result<Geometry> transform(const Geometry& geometry,
                                         const std::function<void(std::span<PlaneXY>)>& move);

/// Longitude and latitude to the plane, and back. \errors input: a vertex that has no image
[[nodiscard]] Result<Geometry> to_plane(const Geometry& lon_lat, const Projection& projection);
[[nodiscard]] Result<Geometry> to_lon_lat(const Geometry& plane, const Projection& projection);
/// Several with one call of the projection, which costs less where they lie near each other.
[[nodiscard]] Result<std::vector<Geometry>> to_lon_lat(std::span<const Geometry> planes,
                                                       const Projection& projection);

} // namespace icmap::geo
