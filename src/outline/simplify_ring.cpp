#include "outline/simplify_ring.hpp"

#include "outline/segments.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace icmap::outline {
namespace {

double distance2_to_segment(PlaneXY p, PlaneXY a, PlaneXY b) {
    const double dx = b.x_m - a.x_m;
    const double dy = b.y_m - a.y_m;
    const double length2 = dx * dx + dy * dy;
    const double along =
        length2 > 0.0
            ? std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / length2, 0.0, 1.0)
            : 0.0;
    const double off_x = p.x_m - (a.x_m + along * dx);
    const double off_y = p.y_m - (a.y_m + along * dy);
    return off_x * off_x + off_y * off_y;
}

/// Marks the vertices that stay. The first halvings are made whatever the distances, so that the
/// ring keeps an inside.
void mark_kept(const geo::Ring& ring, double tolerance2, std::vector<std::uint8_t>& kept) {
    struct Section {
        std::size_t first;
        std::size_t last;
        int depth;
    };
    constexpr int kLeastDepth = 2; // four sections, so five vertices, before any is dropped
    std::vector<Section> open{{0, ring.size() - 1, 0}};
    while (!open.empty()) {
        const Section section = open.back();
        open.pop_back();
        double furthest2 = -1.0;
        std::size_t furthest = section.first;
        for (std::size_t i = section.first + 1; i < section.last; ++i) {
            const double d2 =
                distance2_to_segment(ring[i], ring[section.first], ring[section.last]);
            if (d2 > furthest2) {
                furthest2 = d2;
                furthest = i;
            }
        }
        if (furthest == section.first ||
            (furthest2 <= tolerance2 && section.depth >= kLeastDepth)) {
            continue;
        }
        kept[furthest] = 1;
        open.push_back({section.first, furthest, section.depth + 1});
        open.push_back({furthest, section.last, section.depth + 1});
    }
}

/// True when no two edges meet but neighbours at their common vertex.
bool is_certainly_simple(const geo::Ring& ring) {
    const std::size_t n = ring.size() - 1;
    std::vector<std::pair<double, std::uint32_t>> by_left(n);
    for (std::size_t i = 0; i < n; ++i) {
        // A vertex where the ring turns right back touches itself.
        if (side(ring[i], ring[i + 1], ring[(i + 2) % n]) == 0) {
            return false;
        }
        by_left[i] = {std::min(ring[i].x_m, ring[i + 1].x_m), static_cast<std::uint32_t>(i)};
    }
    std::sort(by_left.begin(), by_left.end());
    for (std::size_t at = 0; at < n; ++at) {
        const std::size_t i = by_left[at].second;
        const double right = std::max(ring[i].x_m, ring[i + 1].x_m);
        for (std::size_t next = at + 1; next < n && by_left[next].first <= right; ++next) {
            const std::size_t j = by_left[next].second;
            const bool are_neighbours = (i + 1) % n == j || (j + 1) % n == i;
            if (!are_neighbours &&
                meeting(ring[i], ring[i + 1], ring[j], ring[j + 1]) != Contact::apart) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

std::optional<geo::Ring> simplify_ring(const geo::Ring& ring, Metres tolerance) {
    std::vector<std::uint8_t> kept(ring.size(), 0);
    kept.front() = kept.back() = 1;
    mark_kept(ring, tolerance.value * tolerance.value, kept);
    geo::Ring simple;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        if (kept[i] == 1) {
            simple.push_back(ring[i]);
        }
    }
    if (simple.size() < 4 || !is_certainly_simple(simple)) {
        return std::nullopt;
    }
    return simple;
}

} // namespace icmap::outline
