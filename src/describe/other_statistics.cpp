#include "describe/other_statistics.hpp"

#include "describe/statistics.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace icmap::describe {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double sum(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

double normalised_herfindahl(std::span<const double> sizes) {
    const double least = 1.0 / static_cast<double>(sizes.size());
    return sizes.size() > 1 ? (herfindahl(sizes) - least) / (1.0 - least) : kUnknown;
}

double equivalent_number(std::span<const double> sizes) {
    return 1.0 / herfindahl(sizes);
}

double theil_t(std::span<const double> values) {
    const double mean = sum(values) / static_cast<double>(values.size());
    double total = 0.0;
    for (const double value : values) {
        total += value > 0.0 ? value / mean * std::log(value / mean) : 0.0;
    }
    return total / static_cast<double>(values.size());
}

double theil_l(std::span<const double> values) {
    const double mean = sum(values) / static_cast<double>(values.size());
    double total = 0.0;
    for (const double value : values) {
        total += value > 0.0 ? std::log(mean / value) : kUnknown;
    }
    return total / static_cast<double>(values.size());
}

double hachman(std::span<const double> values, std::span<const double> reference) {
    const double all = sum(values);
    const double reference_all = sum(reference);
    double total = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = values[i] / all;
        total += share > 0.0 ? share * share / (reference[i] / reference_all) : 0.0;
    }
    return 1.0 / total;
}

double entropy_bits(std::span<const double> sizes) {
    const double all = sum(sizes);
    double bits = 0.0;
    for (const double size : sizes) {
        bits -= size > 0.0 ? size / all * std::log2(size / all) : 0.0;
    }
    return all > 0.0 ? bits : kUnknown;
}

double cluster_index(const ClusterIndexInput& in) {
    return (in.jobs_here / in.jobs_all) * (in.firms_here / in.firms_all) /
           ((in.people_here / in.people_all) * (in.area_here / in.area_all));
}

} // namespace icmap::describe
