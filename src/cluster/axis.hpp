#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// Cell numbers start here, so that the two cells before the first have numbers too.
inline constexpr std::uint32_t kFirstCell = 2;

/// Cuts one axis into equal cells, counted from the least coordinate. Monotone.
struct PlainAxis {
    double origin_m = 0.0;
    double cells_per_m = 0.0;
    std::uint64_t cell_count = 0; ///< cell numbers are below this

    [[nodiscard]] std::uint32_t cell(double value_m) const {
        return static_cast<std::uint32_t>((value_m - origin_m) * cells_per_m) + kFirstCell;
    }
};

/// Cuts one axis into equal cells but folds every gap wider than the radius to three cells, so
/// that coordinates of any size, however far apart, get small cell numbers. Monotone.
struct FoldedAxis {
    struct Segment {
        double start_m;
        std::uint32_t first_cell;
    };
    std::vector<Segment> segments; ///< ascending
    double cells_per_m = 0.0;
    std::uint64_t cell_count = 0;

    [[nodiscard]] std::uint32_t cell(double value_m) const;
};

/// How coordinates become cells: all axes cut alike.
template <class Axis, std::size_t D>
using Axes = std::array<Axis, D>;

/// The side of the cells for a radius in so many dimensions: any two points of a cell are within
/// the radius, also after rounding, and points within the radius are at most two cells apart on
/// each axis.
/// \complexity constant
[[nodiscard]] double cell_side(double eps_m, std::size_t dimensions);

/// True when plain cells number this extent without rounding that matters.
[[nodiscard]] bool fits_plain_axis(double least_m, double most_m, double side_m);

[[nodiscard]] PlainAxis make_plain_axis(double least_m, double most_m, double side_m);

/// \complexity O(n log n)
[[nodiscard]] FoldedAxis make_folded_axis(std::span<const double> values_m, double eps_m,
                                          double side_m);

} // namespace icmap::cluster
