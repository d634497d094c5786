#pragma once

#include "cluster/dbscan.hpp"

#include <cctype>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>
#include <vector>

/// Small worlds for tests and fuzzing: drawn by hand, or made from a seed.
namespace icmap::cluster::worlds {

/// Points that own their memory.
struct World {
    std::vector<double> x_m;
    std::vector<double> y_m;
    std::vector<std::uint32_t> weight;
    std::string picture; ///< empty unless drawn

    void add(double x, double y, std::uint32_t w = 1) {
        x_m.push_back(x);
        y_m.push_back(y);
        weight.push_back(w);
    }
    [[nodiscard]] std::size_t size() const { return x_m.size(); }
    [[nodiscard]] Points points() const { return {x_m, y_m, weight}; }
};

/// A world from a drawing: `*` a point, a digit a point of that weight, anything else empty ground.
/// Points are numbered as one reads. One character right or one line down is one metre.
inline World draw(std::string_view picture) {
    World world;
    world.picture = picture;
    double x = 0.0;
    double y = 0.0;
    for (const char c : picture) {
        if (c == '\n') {
            x = 0.0;
            y += 1.0;
            continue;
        }
        if (c == '*') {
            world.add(x, y);
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            world.add(x, y, static_cast<std::uint32_t>(c - '0'));
        }
        x += 1.0;
    }
    return world;
}

/// The drawing with its answer: core points of cluster 0 are `A`, its border points `a`, noise `-`.
inline std::string show(const World& world, const Labels& labels) {
    std::string picture = world.picture;
    std::size_t i = 0;
    for (char& c : picture) {
        if (c != '*' && std::isdigit(static_cast<unsigned char>(c)) == 0) {
            continue;
        }
        const std::int32_t label = labels.label[i];
        const char first = labels.is_core[i] == 1 ? 'A' : 'a';
        c = label < 0 ? '-' : static_cast<char>(first + label);
        ++i;
    }
    return picture;
}

/// Random numbers that are the same everywhere (SplitMix64, Steele, Lea, Flood 2014).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    /// In [0, n).
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    /// In [0, 1).
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }

  private:
    std::uint64_t state_;
};

/// The shapes of `make`, each unpleasant in its own way.
enum class Shape : std::uint8_t {
    scattered,    ///< even, about one point a radius
    towns,        ///< a few dense blobs in empty land, many repeats
    identical,    ///< one place
    collinear,    ///< on one sloping line
    cell_borders, ///< on a lattice of the cells' own side, and one rounding step beside it
    on_circle,    ///< on the circle of radius eps around the first point
    huge,         ///< far from zero and far from each other
    denormal,     ///< around the least numbers there are
    dense_cell,   ///< all in one cell, some just outside
    lattice,      ///< whole multiples of eps / 4: countless exact ties
};
inline constexpr std::uint64_t kShapes = 10;

/// A world of `n` points of that shape for that radius; the same for the same seed.
inline World make(Shape shape, std::size_t n, double eps, std::uint64_t seed) {
    World world;
    Random random(seed);
    const double span = eps * std::sqrt(static_cast<double>(n + 1));
    const double side = eps / std::numbers::sqrt2;
    for (std::size_t i = 0; i < n; ++i) {
        const double u = random.unit();
        const double v = random.unit();
        const std::uint32_t weight =
            random.below(4) == 0 ? static_cast<std::uint32_t>(random.below(6)) : 1;
        const double steps = static_cast<double>(random.below(12));
        const double more_steps = static_cast<double>(random.below(12));
        switch (shape) {
        case Shape::scattered:
            world.add(u * span, v * span, weight);
            break;
        case Shape::towns:
            world.add(std::floor(u * 8) * eps / 8 + steps * eps * 1.3,
                      std::floor(v * 8) * eps / 8 + std::floor(more_steps / 6) * eps * 3, weight);
            break;
        case Shape::identical:
            world.add(eps * 3.7, -eps * 1.1, weight);
            break;
        case Shape::collinear:
            world.add(u * span * 0.3, u * span * 0.1, weight);
            break;
        case Shape::cell_borders: {
            const double x = steps * side;
            const double y = more_steps * side;
            world.add(u < 0.5 ? x : std::nextafter(x, u < 0.75 ? -eps : 99 * eps),
                      v < 0.5 ? y : std::nextafter(y, v < 0.75 ? -eps : 99 * eps), weight);
            break;
        }
        case Shape::on_circle: {
            const double angle = 2 * std::numbers::pi * u;
            const double radius = i == 0 ? 0.0 : v < 0.7 ? eps : eps * 2;
            world.add(radius * std::cos(angle), radius * std::sin(angle), weight);
            break;
        }
        case Shape::huge:
            world.add((steps - 6) * 1e300 + u * eps * 3, std::ldexp(more_steps - 6, 900) + v * eps,
                      weight);
            break;
        case Shape::denormal:
            world.add(std::numeric_limits<double>::denorm_min() * steps,
                      -std::numeric_limits<double>::denorm_min() * more_steps, weight);
            break;
        case Shape::dense_cell:
            world.add(u < 0.95 ? u * side : u * eps * 3, v * side, weight);
            break;
        case Shape::lattice:
            world.add(steps * eps / 4, more_steps * eps / 4 + std::floor(u * 4) * eps * 4, weight);
            break;
        }
    }
    return world;
}

} // namespace icmap::cluster::worlds
