#include "cluster/brute_force.hpp"

#include "cluster/predicates.hpp"

namespace icmap::cluster {
namespace {

/// Gives every core point that is reached from `start` the cluster's number.
void flood(const Points& points, Metres eps, std::size_t start, Labels& labels) {
    std::vector<std::size_t> open{start};
    labels.label[start] = labels.cluster_count;
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        for (std::size_t i = 0; i < points.x_m.size(); ++i) {
            if (labels.is_core[i] == 1 && labels.label[i] < 0 && within(points, at, i, eps)) {
                labels.label[i] = labels.cluster_count;
                open.push_back(i);
            }
        }
    }
}

} // namespace

Labels dbscan_brute_force(const Points& points, const DbscanOptions& options) {
    const std::size_t n = points.x_m.size();
    Labels labels{std::vector<std::int32_t>(n, -1), std::vector<std::uint8_t>(n, 0), 0};
    for (std::size_t i = 0; i < n; ++i) {
        labels.is_core[i] =
            weight_within(points, i, options.eps) >= options.min_points ? std::uint8_t{1} : 0;
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.is_core[i] == 1 && labels.label[i] < 0) {
            flood(points, options.eps, i, labels);
            ++labels.cluster_count;
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.is_core[i] == 0) {
            const std::size_t core = nearest_core(points, labels.is_core, i, options.eps);
            labels.label[i] = core < n ? labels.label[core] : -1;
        }
    }
    return labels;
}

} // namespace icmap::cluster
