#include "cluster/check.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fmt/format.h>

namespace icmap::cluster {
namespace {

constexpr double kLeastRadius = 1e-100;
constexpr double kMostRadius = 1e100;
constexpr std::size_t kGrain = std::size_t{1} << 14;

tl::unexpected<Error> bad_value(std::string what, std::string field, std::string value,
                                std::string remedy) {
    tl::unexpected<Error> error = input_error(std::move(what), std::move(remedy));
    error.value().field = std::move(field);
    error.value().value = std::move(value);
    return error;
}

/// The lowest index whose value is not finite, or the size.
std::size_t first_not_finite(std::span<const double> values) {
    std::atomic<std::size_t> first{values.size()};
    parallel_ranges(values.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        // A sum of v - v is 0 unless some v is not finite: one branch for the whole range.
        double poison = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
            poison += values[i] - values[i];
        }
        if (poison == 0.0) {
            return;
        }
        std::size_t i = begin;
        while (std::isfinite(values[i])) {
            ++i;
        }
        std::size_t seen = first.load();
        while (i < seen && !first.compare_exchange_weak(seen, i)) {
        }
    });
    return first.load();
}

Result<void> check_coordinates(std::span<const double> values, const char* axis) {
    const std::size_t i = first_not_finite(values);
    if (i < values.size()) {
        return bad_value(fmt::format("Point {} has a coordinate that is not a finite number", i),
                         axis, fmt::format("{}", values[i]),
                         "Leave the point out or give it a position in metres");
    }
    return {};
}

} // namespace

Result<void> check_points(const Points& points) {
    const std::size_t n = points.x_m.size();
    if (points.y_m.size() != n) {
        return bad_value(
            fmt::format("There are {} x coordinates but {} y coordinates", n, points.y_m.size()),
            "y_m", "", "Give one x and one y for each point");
    }
    ICMAP_TRY(check_weights(n, points.weight));
    ICMAP_TRY(check_coordinates(points.x_m, "x_m"));
    return check_coordinates(points.y_m, "y_m");
}

Result<void> check_weights(std::size_t n, std::span<const std::uint32_t> weight) {
    if (!weight.empty() && weight.size() != n) {
        return bad_value(fmt::format("There are {} points but {} weights", n, weight.size()),
                         "weight", "", "Give one weight for each point, or none at all");
    }
    if (n > kMaxPoints) {
        return bad_value(fmt::format("More than {} points in one call", kMaxPoints), "points",
                         fmt::format("{}", n),
                         "Merge equal positions into weights or cut the data");
    }
    return {};
}

Result<void> check_radius(Metres radius, const char* name) {
    // Written so that a radius that is not a number fails it too.
    if (!(radius.value >= kLeastRadius && radius.value <= kMostRadius)) {
        return bad_value(fmt::format("{} must be a number of metres above zero", name), name,
                         fmt::format("{}", radius.value), "Write for example 1000");
    }
    return {};
}

Result<void> check_positive(std::uint32_t value, const char* name) {
    if (value == 0) {
        return bad_value(fmt::format("{} must be at least 1", name), name, "0",
                         "Set a whole number above zero, for example 10");
    }
    return {};
}

Result<void> check_dbscan(const Points& points, const DbscanOptions& options) {
    ICMAP_TRY(check_radius(options.eps, "eps"));
    ICMAP_TRY(check_positive(options.min_points, "min_points"));
    return check_points(points);
}

} // namespace icmap::cluster
