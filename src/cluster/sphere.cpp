#include "cluster/sphere.hpp"

#include "base/parallel.hpp"
#include "cluster/check.hpp"

#include <atomic>
#include <fmt/format.h>
#include <numbers>

namespace icmap::cluster {
namespace {

constexpr std::size_t kGrain = std::size_t{1} << 14;

Result<void> check_lengths(const GeoPoints& points) {
    const std::size_t n = points.lon_deg.size();
    if (points.lat_deg.size() != n) {
        return input_error(
            fmt::format("There are {} longitudes but {} latitudes", n, points.lat_deg.size()),
            "Give one of each for each point");
    }
    return check_weights(n, points.weight);
}

Error position_error(const GeoPoints& points, std::size_t i) {
    const bool is_lon = !(std::abs(points.lon_deg[i]) <= 180.0);
    Error error;
    error.what = fmt::format("Point {} is not on the Earth", i);
    error.field = is_lon ? "lon_deg" : "lat_deg";
    error.value = fmt::format("{}", is_lon ? points.lon_deg[i] : points.lat_deg[i]);
    error.remedy = "Give longitudes from -180 to 180 and latitudes from -90 to 90 degrees; metres "
                   "go in as x and y";
    return error;
}

Position<3> position(double lon_deg, double lat_deg) {
    if (std::abs(lat_deg) == 90.0) {
        return {0.0, 0.0, std::copysign(kEarthRadius.value, lat_deg)};
    }
    constexpr double kRadians = std::numbers::pi / 180.0;
    const double lon = (lon_deg == -180.0 ? 180.0 : lon_deg) * kRadians;
    const double lat = lat_deg * kRadians;
    const double from_axis_m = kEarthRadius.value * std::cos(lat);
    return {from_axis_m * std::cos(lon), from_axis_m * std::sin(lon),
            kEarthRadius.value * std::sin(lat)};
}

} // namespace

Result<SpherePoints> lay_on_sphere(const GeoPoints& points) {
    ICMAP_TRY(check_lengths(points));
    const std::size_t n = points.lon_deg.size();
    SpherePoints laid{{}, points.weight};
    for (std::vector<double>& axis : laid.at_m) {
        axis.resize(n);
    }
    std::atomic<std::size_t> first_bad{n};
    parallel_ranges(n, kGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            // Written so that what is not a number fails it too.
            if (!(std::abs(points.lon_deg[i]) <= 180.0 && std::abs(points.lat_deg[i]) <= 90.0)) {
                std::size_t seen = first_bad.load();
                while (i < seen && !first_bad.compare_exchange_weak(seen, i)) {
                }
                return;
            }
            const Position<3> at = position(points.lon_deg[i], points.lat_deg[i]);
            for (std::size_t d = 0; d < 3; ++d) {
                laid.at_m[d][i] = at[d];
            }
        }
    });
    if (first_bad.load() < n) {
        return tl::unexpected(position_error(points, first_bad.load()));
    }
    return laid;
}

} // namespace icmap::cluster
