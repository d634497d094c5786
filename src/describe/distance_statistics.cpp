#include "describe/other_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace icmap::describe {
namespace {

double distance_m(PlaneXY a, PlaneXY b) {
    return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

/// R's default quantile (type 7) of sorted values.
double quantile(const std::vector<double>& sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

} // namespace

double marcon_puech_m(const WeightedPoints& points, std::uint8_t from, std::uint8_t to,
                      Metres radius) {
    double weight_to = 0.0;
    double weight_all = 0.0;
    for (std::size_t i = 0; i < points.position.size(); ++i) {
        weight_all += points.weight[i];
        weight_to += points.kind[i] == to ? points.weight[i] : 0.0;
    }
    double local = 0.0;
    double global = 0.0;
    for (std::size_t i = 0; i < points.position.size(); ++i) {
        if (points.kind[i] != from) {
            continue;
        }
        double near_to = 0.0;
        double near_all = 0.0;
        for (std::size_t j = 0; j < points.position.size(); ++j) {
            if (i != j && distance_m(points.position[i], points.position[j]) <= radius.value) {
                near_all += points.weight[j];
                near_to += points.kind[j] == to ? points.weight[j] : 0.0;
            }
        }
        if (near_all > 0.0) {
            const double own = points.weight[i];
            local += near_to / near_all;
            global += (weight_to - (from == to ? own : 0.0)) / (weight_all - own);
        }
    }
    return local / global;
}

double silverman_bandwidth(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double mean = 0.0;
    for (const double value : values) {
        mean += value / n;
    }
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double deviation = std::sqrt(squares / (n - 1.0));
    const double quartiles = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34;
    const double spread = quartiles > 0.0 ? std::min(deviation, quartiles) : deviation;
    return 0.9 * spread * std::pow(n, -0.2);
}

double duranton_overman_kd(std::span<const PlaneXY> points, Metres r, Metres bandwidth) {
    std::vector<double> distances;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            distances.push_back(distance_m(points[i], points[j]));
        }
    }
    if (distances.size() < 2) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double h = bandwidth.value > 0.0 ? bandwidth.value : silverman_bandwidth(distances);
    const auto kernel = [h](double u) {
        return std::exp(-0.5 * u * u / (h * h)) / (h * std::sqrt(2.0 * std::numbers::pi));
    };
    double total = 0.0;
    for (const double d : distances) {
        total += kernel(r.value - d) + kernel(r.value + d);
    }
    return total / static_cast<double>(distances.size());
}

} // namespace icmap::describe
