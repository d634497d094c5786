#include "cluster/predicates.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace icmap::cluster {
namespace {

using Wrong = std::optional<std::string>;

double squared_distance(const Points& points, std::size_t a, std::size_t b) {
    const double dx = points.x_m[a] - points.x_m[b];
    const double dy = points.y_m[a] - points.y_m[b];
    return dx * dx + dy * dy;
}

Wrong wrong_shape(const Points& points, const Labels& labels) {
    const std::size_t n = points.x_m.size();
    if (labels.label.size() != n || labels.is_core.size() != n) {
        return fmt::format("{} labels and {} core flags for {} points", labels.label.size(),
                           labels.is_core.size(), n);
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.label[i] < -1 || labels.label[i] >= labels.cluster_count) {
            return fmt::format("point {} has label {} of {} clusters", i, labels.label[i],
                               labels.cluster_count);
        }
        if (labels.is_core[i] > 1) {
            return fmt::format("point {} has core flag {}", i, labels.is_core[i]);
        }
        if (labels.is_core[i] == 1 && labels.label[i] < 0) {
            return fmt::format("core point {} is noise", i);
        }
    }
    return std::nullopt;
}

Wrong wrong_core(const Points& points, const DbscanOptions& options, const Labels& labels) {
    for (std::size_t i = 0; i < points.x_m.size(); ++i) {
        const std::uint64_t weight = weight_within(points, i, options.eps);
        if ((weight >= options.min_points) != (labels.is_core[i] == 1)) {
            return fmt::format("point {} has weight {} within eps but core flag {}", i, weight,
                               labels.is_core[i]);
        }
    }
    return std::nullopt;
}

/// The core points fall into components; a cluster is one component and a component one cluster.
Wrong wrong_partition(const Points& points, Metres eps, const Labels& labels) {
    const std::size_t n = points.x_m.size();
    std::vector<std::size_t> component(n);
    std::iota(component.begin(), component.end(), std::size_t{0});
    const auto find = [&](std::size_t i) {
        while (component[i] != i) {
            i = component[i] = component[component[i]];
        }
        return i;
    };
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; labels.is_core[i] == 1 && j < n; ++j) {
            if (labels.is_core[j] == 0 || !within(points, i, j, eps)) {
                continue;
            }
            if (labels.label[i] != labels.label[j]) {
                return fmt::format("core points {} and {} are within eps but in clusters {} and {}",
                                   i, j, labels.label[i], labels.label[j]);
            }
            component[find(i)] = find(j);
        }
    }
    std::vector<std::size_t> first(static_cast<std::size_t>(labels.cluster_count), n);
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.is_core[i] == 0) {
            continue;
        }
        std::size_t& representative = first[static_cast<std::size_t>(labels.label[i])];
        if (representative == n) {
            representative = i;
        } else if (find(representative) != find(i)) {
            return fmt::format("core points {} and {} are in cluster {} but not connected",
                               representative, i, labels.label[i]);
        }
    }
    if (!std::is_sorted(first.begin(), first.end())) {
        return "clusters are not in the order of their lowest core point";
    }
    const auto empty = std::find(first.begin(), first.end(), n);
    if (empty != first.end()) {
        return fmt::format("cluster {} has no core point", empty - first.begin());
    }
    return std::nullopt;
}

Wrong wrong_border(const Points& points, Metres eps, const Labels& labels) {
    const std::size_t n = points.x_m.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.is_core[i] == 1) {
            continue;
        }
        const std::size_t core = nearest_core(points, labels.is_core, i, eps);
        const std::int32_t expected = core < n ? labels.label[core] : -1;
        if (labels.label[i] != expected) {
            return fmt::format("point {} that is not core has label {}, its nearest core point {}",
                               i, labels.label[i], expected);
        }
    }
    return std::nullopt;
}

} // namespace

bool within(const Points& points, std::size_t a, std::size_t b, Metres eps) {
    return squared_distance(points, a, b) <= eps.value * eps.value;
}

std::uint64_t weight_within(const Points& points, std::size_t point, Metres eps) {
    std::uint64_t weight = 0;
    for (std::size_t i = 0; i < points.x_m.size(); ++i) {
        if (within(points, point, i, eps)) {
            weight += points.weight.empty() ? 1U : points.weight[i];
        }
    }
    return weight;
}

std::size_t nearest_core(const Points& points, std::span<const std::uint8_t> is_core,
                         std::size_t point, Metres eps) {
    std::size_t nearest = points.x_m.size();
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.x_m.size(); ++i) {
        const double distance = squared_distance(points, point, i);
        if (is_core[i] == 1 && within(points, point, i, eps) && distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

std::optional<std::string> what_is_wrong(const Points& points, const DbscanOptions& options,
                                         const Labels& labels) {
    if (Wrong wrong = wrong_shape(points, labels)) {
        return wrong;
    }
    if (Wrong wrong = wrong_core(points, options, labels)) {
        return wrong;
    }
    return what_is_wrong_given_core(points, options.eps, labels);
}

std::optional<std::string> what_is_wrong_given_core(const Points& points, Metres eps,
                                                    const Labels& labels) {
    if (Wrong wrong = wrong_shape(points, labels)) {
        return wrong;
    }
    if (Wrong wrong = wrong_partition(points, eps, labels)) {
        return wrong;
    }
    return wrong_border(points, eps, labels);
}

} // namespace icmap::cluster
