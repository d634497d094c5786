#pragma once

#include "base/units.hpp"
#include "geo/area_index.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace icmap::locate {

/// The areas of one level, which lie side by side in a list of all areas.
struct LevelPlan {
    std::uint32_t first_area = 0;
    const geo::AreaIndex* index = nullptr;
    double area_m2 = 0.0; ///< of all of them together
};

/// An area as it lies in the plane.
struct AreaPlan {
    Box bounds;
    PlaneXY label;           ///< a position inside
    bool has_parent = false; ///< its source or a lookup says in what it lies: not asked for
};

/// The wider area that each area lies in, by where it lies.
///
/// A level is wider than another when its areas are larger on average, by 5 % at least. The parent
/// is the area of the next wider level that holds at least four fifths of the area, or of the one
/// after that, and so on: borders of one line are drawn a little differently by two sources. How
/// much is held is measured on a grid of 16 × 16 positions.
/// \returns by area: the parent's place in `areas`; nothing where there is none or has_parent
/// \complexity O(areas × levels), over all threads
[[nodiscard]] std::vector<std::optional<std::uint32_t>>
parents_by_place(std::span<const LevelPlan> levels, std::span<const AreaPlan> areas);

} // namespace icmap::locate
