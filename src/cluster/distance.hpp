#pragma once

#include "cluster/space.hpp"

#include <algorithm>

namespace icmap::cluster {

/// Squared distance, the one formula that all decisions rest on: dx * dx + dy * dy (+ dz * dz).
template <std::size_t D>
[[nodiscard]] inline double distance2(const Position<D>& a, const Position<D>& b) {
    double sum = 0.0;
    for (std::size_t d = 0; d < D; ++d) {
        const double difference = a[d] - b[d];
        sum += difference * difference;
    }
    return sum;
}

/// Squared distance of a point to a box, 0 inside. Never more than `distance2` to any point of the
/// box: the edges are coordinates of points and rounding is monotone.
template <std::size_t D>
[[nodiscard]] inline double least_distance2(const Position<D>& p, const CellBox<D>& box) {
    double sum = 0.0;
    for (std::size_t d = 0; d < D; ++d) {
        const double outside = std::max(std::max(box.least[d] - p[d], p[d] - box.most[d]), 0.0);
        sum += outside * outside;
    }
    return sum;
}

/// Squared distance of a point to the far corner of a box, never less than `distance2` to any
/// point of the box.
template <std::size_t D>
[[nodiscard]] inline double most_distance2(const Position<D>& p, const CellBox<D>& box) {
    double sum = 0.0;
    for (std::size_t d = 0; d < D; ++d) {
        const double far = std::max(p[d] - box.least[d], box.most[d] - p[d]);
        sum += far * far;
    }
    return sum;
}

/// Squared distance between two boxes.
template <std::size_t D>
[[nodiscard]] inline double least_distance2(const CellBox<D>& a, const CellBox<D>& b) {
    double sum = 0.0;
    for (std::size_t d = 0; d < D; ++d) {
        const double apart =
            std::max(std::max(b.least[d] - a.most[d], a.least[d] - b.most[d]), 0.0);
        sum += apart * apart;
    }
    return sum;
}

} // namespace icmap::cluster
