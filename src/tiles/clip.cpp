#include "tiles/clip.hpp"

#include <array>
#include <cmath>

namespace icmap::tiles {

namespace {

/// One side of the box: keeps x >= limit, x <= limit, y >= limit or y <= limit.
struct Side {
    bool is_x;
    bool keeps_greater;
    double limit;

    [[nodiscard]] double coordinate(const TilePoint& p) const { return is_x ? p.x : p.y; }
    [[nodiscard]] bool keeps(const TilePoint& p) const {
        return keeps_greater ? coordinate(p) >= limit : coordinate(p) <= limit;
    }
    /// Where the segment meets the side; exactly on it.
    [[nodiscard]] TilePoint meet(const TilePoint& a, const TilePoint& b) const {
        const double t = (limit - coordinate(a)) / (coordinate(b) - coordinate(a));
        return is_x ? TilePoint{limit, a.y + t * (b.y - a.y)}
                    : TilePoint{a.x + t * (b.x - a.x), limit};
    }
};

std::array<Side, 4> sides_of(const Box& box) {
    return {{{true, true, box.min_x},
             {true, false, box.max_x},
             {false, true, box.min_y},
             {false, false, box.max_y}}};
}

std::vector<TilePoint> clip_at(std::span<const TilePoint> ring, const Side& side) {
    std::vector<TilePoint> kept;
    kept.reserve(ring.size() + 4);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const TilePoint& before = ring[i == 0 ? ring.size() - 1 : i - 1];
        const TilePoint& here = ring[i];
        if (side.keeps(before) != side.keeps(here)) {
            kept.push_back(side.meet(before, here));
        }
        if (side.keeps(here)) {
            kept.push_back(here);
        }
    }
    return kept;
}

/// The stretch [from, to] of the segment that is inside the box; false if there is none.
bool stretch_inside(const TilePoint& a, const TilePoint& b, const Box& box, double& from,
                    double& to) {
    from = 0.0;
    to = 1.0;
    for (const Side& side : sides_of(box)) {
        const bool a_inside = side.keeps(a);
        const bool b_inside = side.keeps(b);
        if (!a_inside && !b_inside) {
            return false;
        }
        if (a_inside != b_inside) {
            const double t =
                (side.limit - side.coordinate(a)) / (side.coordinate(b) - side.coordinate(a));
            (a_inside ? to : from) = a_inside ? std::min(to, t) : std::max(from, t);
        }
    }
    return from <= to;
}

} // namespace

std::vector<TilePoint> clip_ring(std::span<const TilePoint> ring, const Box& box) {
    std::vector<TilePoint> kept(ring.begin(), ring.end());
    for (const Side& side : sides_of(box)) {
        kept = clip_at(kept, side);
    }
    return kept;
}

std::vector<std::vector<TilePoint>> clip_line(std::span<const TilePoint> line, const Box& box) {
    std::vector<std::vector<TilePoint>> parts;
    bool is_open = false; // the last part ended where its segment did
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        const TilePoint& a = line[i];
        const TilePoint& b = line[i + 1];
        double from = 0.0;
        double to = 1.0;
        if (!stretch_inside(a, b, box, from, to)) {
            is_open = false;
            continue;
        }
        const auto at = [&a, &b](double t) {
            return TilePoint{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        };
        if (!is_open || from > 0.0) {
            parts.push_back({from > 0.0 ? at(from) : a});
        }
        parts.back().push_back(to < 1.0 ? at(to) : b);
        is_open = to >= 1.0;
    }
    return parts;
}

std::vector<TileXY> quantised(std::span<const TilePoint> points, bool is_ring) {
    std::vector<TileXY> whole;
    whole.reserve(points.size());
    for (const TilePoint& p : points) {
        const TileXY q{static_cast<std::int32_t>(std::lround(p.x)),
                       static_cast<std::int32_t>(std::lround(p.y))};
        if (whole.empty() || whole.back() != q) {
            whole.push_back(q);
        }
    }
    while (is_ring && whole.size() > 1 && whole.back() == whole.front()) {
        whole.pop_back();
    }
    return whole;
}

std::int64_t twice_signed_area(std::span<const TileXY> ring) {
    std::int64_t twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const TileXY a = ring[i];
        const TileXY b = ring[(i + 1) % ring.size()];
        twice += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
    }
    return twice;
}

} // namespace icmap::tiles
