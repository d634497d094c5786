#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace icmap::geo {

/// No area holds the point.
inline constexpr std::int32_t kNoArea = -1;

/// Says for many points which of many polygons each lies in.
///
/// A point inside or on the border of several areas belongs to the one of lowest index, so that a
/// point on a shared border has one answer, the same on every machine and for every thread count.
/// Answers are those of exact arithmetic on the vertices given, except within some 1e-10 m of a
/// slanted border. Several threads may ask at once.
class AreaIndex {
  public:
    /// \param areas polygons, one or many parts each; parts that are no polygons are ignored. They
    ///        should be valid (see `mend`); of one that crosses itself the even-odd inside counts.
    /// \complexity O(vertices + cells); memory some 4 MB for the cells plus the vertices
    explicit AreaIndex(std::span<const Geometry> areas);
    ~AreaIndex();
    AreaIndex(AreaIndex&&) noexcept;
    AreaIndex& operator=(AreaIndex&&) noexcept;
    AreaIndex(const AreaIndex&) = delete;
    AreaIndex& operator=(const AreaIndex&) = delete;

    /// \param tolerance how far off an area a point may lie that is in none and still be given to
    ///        the nearest (for points just off a generalised coast); inclusive; 0: not at all.
    ///        Equally near: lowest index.
    /// \returns one area index per point, in input order; kNoArea where there is none, and for
    ///          points that are not finite
    /// \complexity O(1) for most points, O(edges near the point) otherwise; over all threads
    [[nodiscard]] std::vector<std::int32_t> locate(std::span<const PlaneXY> points,
                                                   Metres tolerance = {}) const;
    [[nodiscard]] std::int32_t locate(PlaneXY point, Metres tolerance = {}) const;

    /// Every area that covers the point, ascending.
    /// \complexity O(areas whose bounds are near the point)
    [[nodiscard]] std::vector<std::int32_t> all_at(PlaneXY point) const;

    [[nodiscard]] std::size_t size() const;

  private:
    struct State;
    std::unique_ptr<const State> state_;
};

} // namespace icmap::geo
