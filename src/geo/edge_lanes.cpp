#include "geo/edge_lanes.hpp"

#include "base/simd.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

namespace icmap::geo {
namespace {

constexpr std::size_t kLanes = 8;

struct Numbers {
    const double *low_x, *low_y, *high_y, *across, *up;
    std::size_t count; ///< a multiple of the lanes
};

struct Sums {
    std::int64_t crossed = 0;
    std::int64_t unsure = 0;
};

ICMAP_SIMD_CLONES
Sums meet(const Numbers& edges, PlaneXY p) {
    std::array<std::int64_t, kLanes> crossed{};
    std::array<std::int64_t, kLanes> unsure{};
    for (std::size_t begin = 0; begin < edges.count; begin += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const std::size_t i = begin + lane;
            const double left = edges.across[i] * (p.y_m - edges.low_y[i]);
            const double right = edges.up[i] * (p.x_m - edges.low_x[i]);
            const double side = left - right;
            const double error = kDeterminantError * (std::abs(left) + std::abs(right));
            const std::int64_t is_above = p.y_m >= edges.low_y[i] ? 1 : 0;
            const std::int64_t is_at_or_below_top = p.y_m <= edges.high_y[i] ? 1 : 0;
            const std::int64_t is_below_top = p.y_m < edges.high_y[i] ? 1 : 0;
            const std::int64_t is_sure = std::abs(side) > error ? 1 : 0;
            const std::int64_t is_left = side > 0.0 ? 1 : 0;
            crossed[lane] += is_above & is_below_top & is_left;
            unsure[lane] += is_above & is_at_or_below_top & (is_sure ^ 1);
        }
    }
    return {std::accumulate(crossed.begin(), crossed.end(), std::int64_t{0}),
            std::accumulate(unsure.begin(), unsure.end(), std::int64_t{0})};
}

} // namespace

void EdgeLanes::assign(std::span<const Edge> edges) {
    constexpr double kNowhere = std::numeric_limits<double>::infinity();
    const std::size_t count = (edges.size() + kLanes - 1) / kLanes * kLanes;
    low_x_.assign(count, 0.0);
    low_y_.assign(count, kNowhere);
    high_y_.assign(count, -kNowhere);
    across_.assign(count, 0.0);
    up_.assign(count, 0.0);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        low_x_[i] = edges[i].low.x_m;
        low_y_[i] = edges[i].low.y_m;
        high_y_[i] = edges[i].high.y_m;
        across_[i] = edges[i].high.x_m - edges[i].low.x_m;
        up_[i] = edges[i].high.y_m - edges[i].low.y_m;
    }
}

std::optional<bool> EdgeLanes::covers(PlaneXY p) const {
    const Sums met = meet(
        {low_x_.data(), low_y_.data(), high_y_.data(), across_.data(), up_.data(), low_x_.size()},
        p);
    return met.unsure > 0 ? std::nullopt : std::optional(met.crossed % 2 == 1);
}

} // namespace icmap::geo
