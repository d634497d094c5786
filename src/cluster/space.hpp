#pragma once

#include "cluster/dbscan.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace icmap::cluster {

/// All algorithms of this room work on straight distances in metres, in the plane (D = 2) or around
/// the centre of the Earth (D = 3: positions on the sphere, see sphere.hpp).
template <std::size_t D>
using Position = std::array<double, D>;

/// Points by axis; every span is as long as the first, the weights may be empty.
template <std::size_t D>
struct PointsIn {
    std::array<std::span<const double>, D> at_m;
    std::span<const std::uint32_t> weight;

    [[nodiscard]] std::size_t size() const { return at_m[0].size(); }
    [[nodiscard]] Position<D> operator[](std::size_t i) const {
        Position<D> position;
        for (std::size_t d = 0; d < D; ++d) {
            position[d] = at_m[d][i];
        }
        return position;
    }
    [[nodiscard]] std::uint32_t weight_of(std::size_t i) const {
        return weight.empty() ? 1 : weight[i];
    }
};

[[nodiscard]] inline PointsIn<2> in_plane(const Points& points) {
    return {{points.x_m, points.y_m}, points.weight};
}

/// An axis-aligned box; its edges are coordinates of points.
template <std::size_t D>
struct CellBox {
    Position<D> least;
    Position<D> most;
};

template <std::size_t D>
[[nodiscard]] constexpr CellBox<D> box_at(const Position<D>& position) {
    return {position, position};
}

template <std::size_t D>
constexpr void widen(CellBox<D>& box, const Position<D>& position) {
    for (std::size_t d = 0; d < D; ++d) {
        box.least[d] = position[d] < box.least[d] ? position[d] : box.least[d];
        box.most[d] = position[d] > box.most[d] ? position[d] : box.most[d];
    }
}

template <std::size_t D>
constexpr void widen(CellBox<D>& box, const CellBox<D>& other) {
    widen(box, other.least);
    widen(box, other.most);
}

/// The axis along which a box is longest, the first of several.
template <std::size_t D>
[[nodiscard]] constexpr std::size_t longest_axis(const CellBox<D>& box) {
    std::size_t longest = 0;
    for (std::size_t d = 1; d < D; ++d) {
        if (box.most[d] - box.least[d] > box.most[longest] - box.least[longest]) {
            longest = d;
        }
    }
    return longest;
}

} // namespace icmap::cluster
