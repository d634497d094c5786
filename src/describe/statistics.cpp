#include "describe/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace icmap::describe {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double sum(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Calls `visit(share, reference share)` for each pair.
template <class Visit>
void each_share(std::span<const double> values, std::span<const double> reference, Visit&& visit) {
    const double all = sum(values);
    const double reference_all = sum(reference);
    for (std::size_t i = 0; i < values.size(); ++i) {
        visit(values[i] / all, reference[i] / reference_all);
    }
}

} // namespace

double location_quotient(double here_sector, double here_all, double all_sector, double all_all) {
    if (here_all <= 0.0 || all_sector <= 0.0 || all_all <= 0.0) {
        return kUnknown;
    }
    return (here_sector / here_all) / (all_sector / all_all);
}

double herfindahl(std::span<const double> sizes) {
    const double all = sum(sizes);
    double squares = 0.0;
    for (const double size : sizes) {
        squares += (size / all) * (size / all);
    }
    return all > 0.0 ? squares : kUnknown;
}

double gini_of_quotients(std::span<const double> sizes, std::span<const double> reference) {
    std::vector<double> quotients;
    each_share(sizes, reference, [&quotients](double share, double reference_share) {
        quotients.push_back(share / reference_share);
    });
    std::sort(quotients.begin(), quotients.end());
    const auto n = static_cast<double>(quotients.size());
    const double mean = sum(quotients) / n;
    double weighted = 0.0;
    for (std::size_t i = 0; i < quotients.size(); ++i) {
        weighted += static_cast<double>(i + 1) * (quotients[i] - mean);
    }
    return 2.0 * weighted / (n * n * mean);
}

double krugman(std::span<const double> values, std::span<const double> reference) {
    double total = 0.0;
    each_share(values, reference, [&total](double share, double reference_share) {
        total += std::abs(share - reference_share);
    });
    return total;
}

double hoover(std::span<const double> values, std::span<const double> reference) {
    return krugman(values, reference) / 2.0;
}

EllisonGlaeser ellison_glaeser(std::span<const double> plant_size,
                               std::span<const std::uint32_t> plant_region,
                               std::span<const double> region_size) {
    EllisonGlaeser result;
    result.plants = plant_size.size();
    const double jobs = sum(plant_size);
    const double all = sum(region_size);
    std::vector<double> share(region_size.size(), 0.0);
    double fourth_powers = 0.0;
    for (std::size_t i = 0; i < plant_size.size(); ++i) {
        const double part = plant_size[i] / jobs;
        share[plant_region[i]] += part;
        fourth_powers += part * part * part * part;
    }
    result.herfindahl = herfindahl(plant_size);
    double x2 = 0.0;
    double x3 = 0.0;
    for (std::size_t r = 0; r < region_size.size(); ++r) {
        const double x = region_size[r] / all;
        result.raw += (share[r] - x) * (share[r] - x);
        x2 += x * x;
        x3 += x * x * x;
    }
    const double h = result.herfindahl;
    const double expected = (1.0 - x2) * h;
    result.gamma = (result.raw - expected) / ((1.0 - x2) * (1.0 - h));
    const double variance =
        2.0 * (h * h * (x2 - 2.0 * x3 + x2 * x2) - fourth_powers * (x2 - 4.0 * x3 + 3.0 * x2 * x2));
    result.z = (result.raw - expected) / std::sqrt(variance);
    return result;
}

std::vector<double> relatedness(std::span<const std::uint8_t> presence, std::size_t industries,
                                Relatedness how) {
    std::vector<double> together(industries * industries, 0.0);
    for (std::size_t begin = 0; begin + industries <= presence.size(); begin += industries) {
        for (std::size_t i = 0; i < industries; ++i) {
            for (std::size_t j = 0; j < industries; ++j) {
                together[i * industries + j] +=
                    i != j && presence[begin + i] != 0 && presence[begin + j] != 0 ? 1.0 : 0.0;
            }
        }
    }
    std::vector<double> total(industries, 0.0);
    for (std::size_t i = 0; i < industries; ++i) {
        total[i] = sum(std::span(together).subspan(i * industries, industries));
    }
    const double all = sum(total);
    const auto related = [&](double both, double a, double b) {
        switch (how) {
        case Relatedness::cosine:
            return both / std::sqrt(a * b);
        case Relatedness::association:
            return both * all / (a * b);
        case Relatedness::jaccard:
            return both / (a + b - both);
        case Relatedness::probability:
            break;
        }
        const double chance = (a / all) * (b / (all - a)) + (b / all) * (a / (all - b));
        return both / (chance * all / 2.0);
    };
    for (std::size_t i = 0; i < industries; ++i) {
        for (std::size_t j = 0; j < industries; ++j) {
            double& cell = together[i * industries + j];
            cell = cell > 0.0 ? related(cell, total[i], total[j]) : 0.0;
        }
    }
    return together;
}

std::vector<double> relatedness_density(std::span<const double> related,
                                        std::span<const std::uint8_t> place) {
    const std::size_t industries = place.size();
    std::vector<double> density(industries, kUnknown);
    for (std::size_t i = 0; i < industries; ++i) {
        double here = 0.0;
        double all = 0.0;
        for (std::size_t j = 0; j < industries; ++j) {
            const double value = i == j ? 0.0 : related[i * industries + j];
            all += value;
            here += place[j] != 0 ? value : 0.0;
        }
        if (all > 0.0) {
            density[i] = here / all;
        }
    }
    return density;
}

} // namespace icmap::describe
