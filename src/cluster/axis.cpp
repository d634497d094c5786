#include "cluster/axis.hpp"

#include <algorithm>
#include <numbers>

namespace icmap::cluster {
namespace {

// A cell number is off by at most 3 * 2^-53 of itself. Below 2^30 cells that is 2^-21 of a cell,
// and the side is short of eps / sqrt(dimensions) by more than four times as much.
constexpr double kShorter = 1.0 - 0x1p-18;
constexpr double kMostPlainCells = 0x1p30;

// Coordinates further apart than this many radii cannot be neighbours, rounding included.
constexpr double kGap = 1.0 + 0x1p-20;

} // namespace

double cell_side(double eps_m, std::size_t dimensions) {
    return eps_m / (dimensions == 2 ? std::numbers::sqrt2 : std::numbers::sqrt3) * kShorter;
}

bool fits_plain_axis(double least_m, double most_m, double side_m) {
    return (most_m - least_m) / side_m < kMostPlainCells;
}

PlainAxis make_plain_axis(double least_m, double most_m, double side_m) {
    PlainAxis axis{least_m, 1.0 / side_m, 0};
    axis.cell_count = std::uint64_t{axis.cell(most_m)} + 1;
    return axis;
}

FoldedAxis make_folded_axis(std::span<const double> values_m, double eps_m, double side_m) {
    std::vector<double> sorted(values_m.begin(), values_m.end());
    std::sort(sorted.begin(), sorted.end());
    FoldedAxis axis;
    axis.cells_per_m = 1.0 / side_m;
    axis.segments.push_back({sorted.front(), kFirstCell});
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i] - sorted[i - 1] > eps_m * kGap) {
            axis.segments.push_back({sorted[i], axis.cell(sorted[i - 1]) + 3});
        }
    }
    axis.cell_count = std::uint64_t{axis.cell(sorted.back())} + 1;
    return axis;
}

std::uint32_t FoldedAxis::cell(double value_m) const {
    const auto after = std::upper_bound(
        segments.begin(), segments.end(), value_m,
        [](double value, const Segment& segment) { return value < segment.start_m; });
    const Segment& segment = *(after - 1);
    return static_cast<std::uint32_t>((value_m - segment.start_m) * cells_per_m) +
           segment.first_cell;
}

} // namespace icmap::cluster
