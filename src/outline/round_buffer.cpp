#include "outline/round_buffer.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

namespace icmap::outline {
namespace {

/// Share of a piece's length within which a crossing counts as being at its end, and share of the
/// product of two lengths within which they count as parallel: far more than rounding can do.
constexpr double kUncertain = 1e-9;

PlaneXY minus(PlaneXY a, PlaneXY b) {
    return {a.x_m - b.x_m, a.y_m - b.y_m};
}

double cross(PlaneXY a, PlaneXY b) {
    return a.x_m * b.y_m - a.y_m * b.x_m;
}

double dot(PlaneXY a, PlaneXY b) {
    return a.x_m * b.x_m + a.y_m * b.y_m;
}

/// Where two pieces cross, as shares of their lengths.
struct Crossing {
    enum class Kind : std::uint8_t { none, proper, uncertain } kind = Kind::none;
    double along_first = 0.0;
    double along_second = 0.0;
};

/// Of parallel pieces: whether they lie beside or behind each other. \param gap between their
/// starts
bool are_apart(PlaneXY first, PlaneXY second, PlaneXY gap) {
    constexpr double kOffLine = 1e-6;
    const double length2 = dot(first, first);
    if (std::abs(cross(first, gap)) > kOffLine * std::sqrt(length2 * dot(gap, gap))) {
        return true;
    }
    const double start = dot(gap, first) / length2;
    const double end = start + dot(second, first) / length2;
    return std::max(start, end) < -kUncertain || std::min(start, end) > 1.0 + kUncertain;
}

Crossing crossing(PlaneXY a, PlaneXY b, PlaneXY c, PlaneXY d) {
    const PlaneXY first = minus(b, a);
    const PlaneXY second = minus(d, c);
    const PlaneXY gap = minus(c, a);
    const double turn = cross(first, second);
    const double scale = std::sqrt(dot(first, first) * dot(second, second));
    if (std::abs(turn) <= kUncertain * scale) {
        return {are_apart(first, second, gap) ? Crossing::Kind::none : Crossing::Kind::uncertain,
                0.0, 0.0};
    }
    const double t = cross(gap, second) / turn;
    const double u = cross(gap, first) / turn;
    if (t < -kUncertain || t > 1.0 + kUncertain || u < -kUncertain || u > 1.0 + kUncertain) {
        return {};
    }
    const bool is_inside =
        t > kUncertain && t < 1.0 - kUncertain && u > kUncertain && u < 1.0 - kUncertain;
    return {is_inside ? Crossing::Kind::proper : Crossing::Kind::uncertain, t, u};
}

/// Adds the corners of an arc between two directions, both ends included.
void add_arc(PlaneXY centre, PlaneXY from, PlaneXY to, double radius_m, double chord_rad,
             std::vector<PlaneXY>& curve) {
    double angle = std::atan2(cross(from, to), dot(from, to));
    if (angle <= 0.0) {
        angle += 2.0 * std::numbers::pi; // only a line's end turns by half a circle
    }
    const double start = std::atan2(from.y_m, from.x_m);
    const int chords = std::max(1, static_cast<int>(std::ceil(angle / chord_rad - kUncertain)));
    for (int i = 0; i <= chords; ++i) {
        const double at = start + angle * i / chords;
        curve.push_back(
            {centre.x_m + radius_m * std::cos(at), centre.y_m + radius_m * std::sin(at)});
    }
}

geo::Ring circle(PlaneXY centre, double radius_m, int chords) {
    geo::Ring ring;
    for (int i = 0; i < chords; ++i) {
        const double at = 2.0 * std::numbers::pi * i / chords;
        ring.push_back(
            {centre.x_m + radius_m * std::cos(at), centre.y_m + radius_m * std::sin(at)});
    }
    ring.push_back(ring.front());
    return ring;
}

/// All edges moved outwards and joined; it may cross itself where the polygon has a bay.
struct OffsetCurve {
    std::vector<PlaneXY> at; ///< open: the last is joined to the first
    bool has_bay = false;
};

OffsetCurve offset_curve(std::span<const PlaneXY> corners, double distance_m, double chord_rad) {
    const std::size_t n = corners.size();
    OffsetCurve curve;
    std::vector<PlaneXY> outward(n);
    for (std::size_t i = 0; i < n; ++i) {
        const PlaneXY edge = minus(corners[(i + 1) % n], corners[i]);
        const double length = std::hypot(edge.x_m, edge.y_m);
        outward[i] = {edge.y_m / length, -edge.x_m / length};
    }
    const auto moved = [&](std::size_t corner, std::size_t edge) {
        return PlaneXY{corners[corner].x_m + distance_m * outward[edge].x_m,
                       corners[corner].y_m + distance_m * outward[edge].y_m};
    };
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t before = (i + n - 1) % n;
        const std::size_t after = (i + 1) % n;
        if (n == 2 || cross(outward[before], outward[i]) > 0.0) {
            add_arc(corners[i], outward[before], outward[i], distance_m, chord_rad, curve.at);
            continue;
        }
        curve.has_bay = true;
        const PlaneXY end = moved(i, before);
        const PlaneXY start = moved(i, i);
        const Crossing met = crossing(moved(before, before), end, start, moved(after, i));
        if (met.kind == Crossing::Kind::proper) {
            const PlaneXY along = minus(moved(after, i), start);
            curve.at.push_back({start.x_m + met.along_second * along.x_m,
                                start.y_m + met.along_second * along.y_m});
        } else {
            curve.at.insert(curve.at.end(), {end, start});
        }
    }
    return curve;
}

/// A place where the curve meets itself, as one of the two pieces sees it.
struct Meeting {
    double along = 0.0;
    double along_other = 0.0;
    std::uint32_t other = 0;
};

/// The curve and where its pieces cross.
class Arrangement {
  public:
    explicit Arrangement(std::vector<PlaneXY> curve)
        : at_(std::move(curve)), meetings_(at_.size()) {}

    /// False where rounding might decide.
    bool find_meetings() {
        const std::size_t n = at_.size();
        std::vector<std::pair<double, std::uint32_t>> by_left(n);
        for (std::uint32_t i = 0; i < n; ++i) {
            by_left[i] = {std::min(at_[i].x_m, end_of(i).x_m), i};
        }
        std::sort(by_left.begin(), by_left.end());
        for (std::size_t one = 0; one < n; ++one) {
            const std::uint32_t i = by_left[one].second;
            const double right = std::max(at_[i].x_m, end_of(i).x_m);
            for (std::size_t two = one + 1; two < n && by_left[two].first <= right; ++two) {
                if (!meet(i, by_left[two].second)) {
                    return false;
                }
            }
        }
        for (std::vector<Meeting>& on_piece : meetings_) {
            std::sort(on_piece.begin(), on_piece.end(),
                      [](const Meeting& a, const Meeting& b) { return a.along < b.along; });
        }
        return true;
    }

    /// The border of the outside; nothing where it does not run along the curve's own direction.
    [[nodiscard]] std::optional<geo::Ring> outermost() const {
        const auto lowest = static_cast<std::uint32_t>(
            std::min_element(at_.begin(), at_.end(),
                             [](PlaneXY a, PlaneXY b) {
                                 return std::pair(a.y_m, a.x_m) < std::pair(b.y_m, b.x_m);
                             }) -
            at_.begin());
        geo::Ring ring{at_[lowest]};
        std::uint32_t piece = lowest;
        double along = 0.0;
        for (std::size_t steps = 0; steps <= 2 * at_.size(); ++steps) {
            const Meeting* met = next_meeting(piece, along);
            if (met == nullptr) {
                piece = after(piece);
                along = 0.0;
                ring.push_back(at_[piece]);
                if (piece == lowest) {
                    return ring;
                }
                continue;
            }
            const PlaneXY way = minus(end_of(piece), at_[piece]);
            if (cross(way, minus(end_of(met->other), at_[met->other])) >= 0.0) {
                return std::nullopt;
            }
            ring.push_back(
                {at_[piece].x_m + met->along * way.x_m, at_[piece].y_m + met->along * way.y_m});
            piece = met->other;
            along = met->along_other;
        }
        return std::nullopt;
    }

  private:
    [[nodiscard]] std::uint32_t after(std::uint32_t piece) const {
        return piece + 1 == at_.size() ? 0 : piece + 1;
    }
    [[nodiscard]] PlaneXY end_of(std::uint32_t piece) const { return at_[after(piece)]; }

    bool meet(std::uint32_t i, std::uint32_t j) {
        if (after(i) == j || after(j) == i ||
            std::max(at_[i].y_m, end_of(i).y_m) < std::min(at_[j].y_m, end_of(j).y_m) ||
            std::max(at_[j].y_m, end_of(j).y_m) < std::min(at_[i].y_m, end_of(i).y_m)) {
            return true;
        }
        const Crossing found = crossing(at_[i], end_of(i), at_[j], end_of(j));
        if (found.kind == Crossing::Kind::proper) {
            meetings_[i].push_back({found.along_first, found.along_second, j});
            meetings_[j].push_back({found.along_second, found.along_first, i});
        }
        return found.kind != Crossing::Kind::uncertain;
    }

    [[nodiscard]] const Meeting* next_meeting(std::uint32_t piece, double along) const {
        for (const Meeting& meeting : meetings_[piece]) {
            if (meeting.along > along + kUncertain) {
                return &meeting;
            }
        }
        return nullptr;
    }

    std::vector<PlaneXY> at_;
    std::vector<std::vector<Meeting>> meetings_; ///< by piece, in its direction
};

} // namespace

geo::Ring disc(PlaneXY centre, Metres radius, int quadrant_segments) {
    const int chords = 4 * quadrant_segments;
    const double chord_rad = 2.0 * std::numbers::pi / chords;
    geo::Ring ring;
    ring.reserve(static_cast<std::size_t>(chords) + 1);
    for (int i = 0; i < chords; ++i) {
        const double at = 0.0 - i * chord_rad;
        ring.push_back(
            {centre.x_m + radius.value * std::cos(at), centre.y_m + radius.value * std::sin(at)});
    }
    ring.push_back(ring.front());
    return ring;
}

std::optional<geo::Ring> round_buffer(std::span<const PlaneXY> corners, Metres distance,
                                      int quadrant_segments) {
    if (corners.empty()) {
        return std::nullopt;
    }
    if (corners.size() == 1) {
        return circle(corners.front(), distance.value, 4 * quadrant_segments);
    }
    OffsetCurve curve =
        offset_curve(corners, distance.value, 0.5 * std::numbers::pi / quadrant_segments);
    if (!curve.has_bay) {
        curve.at.push_back(curve.at.front());
        return curve.at;
    }
    Arrangement arrangement(std::move(curve.at));
    return arrangement.find_meetings() ? arrangement.outermost() : std::nullopt;
}

} // namespace icmap::outline
