#include "geo/banded_edges.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace icmap::geo {

Edge make_edge(PlaneXY a, PlaneXY b) {
    const bool a_first = a.y_m != b.y_m ? a.y_m < b.y_m : a.x_m < b.x_m;
    return a_first ? Edge{a, b} : Edge{b, a};
}

std::vector<Edge> edges_of(const Geometry& geometry) {
    std::vector<Edge> edges;
    for (const GeometryPart& part : geometry.parts()) {
        if (part.kind != GeometryKind::polygons) {
            continue;
        }
        for (const Ring& ring : part.rings) {
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                if (ring[i] != ring[i + 1]) {
                    edges.push_back(make_edge(ring[i], ring[i + 1]));
                }
            }
        }
    }
    return edges;
}

Box bounds_of(std::span<const Edge> edges) {
    if (edges.empty()) {
        return {1.0, 1.0, 0.0, 0.0};
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Box box{kInfinity, kInfinity, -kInfinity, -kInfinity};
    for (const Edge& edge : edges) {
        box.min_x = std::min({box.min_x, edge.low.x_m, edge.high.x_m});
        box.max_x = std::max({box.max_x, edge.low.x_m, edge.high.x_m});
        box.min_y = std::min(box.min_y, edge.low.y_m);
        box.max_y = std::max(box.max_y, edge.high.y_m);
    }
    return box;
}

std::pair<double, double> x_range(const Edge& edge, double bottom, double top) {
    const double height = edge.high.y_m - edge.low.y_m;
    double at_bottom = edge.low.x_m;
    double at_top = edge.high.x_m;
    if (height > 0.0) {
        const double slope = (edge.high.x_m - edge.low.x_m) / height;
        if (bottom > edge.low.y_m) {
            at_bottom = edge.low.x_m + slope * (bottom - edge.low.y_m);
        }
        if (top < edge.high.y_m) {
            at_top = edge.low.x_m + slope * (top - edge.low.y_m);
        }
    }
    return std::minmax({at_bottom, at_top});
}

double side_of(const Edge& edge, PlaneXY p) {
    const double left = (edge.high.x_m - edge.low.x_m) * (p.y_m - edge.low.y_m);
    const double right = (edge.high.y_m - edge.low.y_m) * (p.x_m - edge.low.x_m);
    const double determinant = left - right;
    if (std::abs(determinant) > kDeterminantError * (std::abs(left) + std::abs(right))) {
        return determinant;
    }
    // Too close to call in double: extended precision holds the products of differences whole
    // where these fit 32 bits, and is the same for every area that has this edge.
    using Long = long double;
    const Long exact =
        (Long(edge.high.x_m) - Long(edge.low.x_m)) * (Long(p.y_m) - Long(edge.low.y_m)) -
        (Long(edge.high.y_m) - Long(edge.low.y_m)) * (Long(p.x_m) - Long(edge.low.x_m));
    return static_cast<double>(exact);
}

Meeting meeting_of(const Edge& edge, PlaneXY p) {
    if (p.y_m < edge.low.y_m || p.y_m > edge.high.y_m) {
        return Meeting::none;
    }
    if (edge.low.y_m == edge.high.y_m) {
        const bool is_on = p.x_m >= edge.low.x_m && p.x_m <= edge.high.x_m;
        return is_on ? Meeting::point_is_on_edge : Meeting::none;
    }
    const double side = side_of(edge, p);
    if (side == 0.0) {
        return Meeting::point_is_on_edge;
    }
    return p.y_m < edge.high.y_m && side > 0.0 ? Meeting::crosses : Meeting::none;
}

bool covers(std::span<const Edge> edges, PlaneXY p) {
    bool inside = false;
    for (const Edge& edge : edges) {
        const Meeting meeting = meeting_of(edge, p);
        if (meeting == Meeting::point_is_on_edge) {
            return true;
        }
        inside = inside != (meeting == Meeting::crosses);
    }
    return inside;
}

bool is_inside(std::span<const Edge> edges, PlaneXY p) {
    bool inside = false;
    for (const Edge& edge : edges) {
        if (edge.low.y_m <= p.y_m && p.y_m < edge.high.y_m && side_of(edge, p) > 0.0) {
            inside = !inside;
        }
    }
    return inside;
}

BandedEdges::BandedEdges(std::vector<Edge> edges) : edges_(std::move(edges)) {
    if (edges_.empty()) {
        return;
    }
    const Box box = bounds_of(edges_);
    min_y_ = box.min_y;
    // About two edges end in a band; a long edge is in many.
    const std::size_t bands = std::clamp<std::size_t>(edges_.size() / 2, 1, 65536);
    band_m_ = std::max((box.max_y - box.min_y) / static_cast<double>(bands),
                       std::numeric_limits<double>::min());
    first_.assign(bands + 1, 0);
    for (const Edge& edge : edges_) {
        for (std::size_t b = band_of(edge.low.y_m); b <= band_of(edge.high.y_m); ++b) {
            ++first_[b + 1];
        }
    }
    for (std::size_t b = 1; b < first_.size(); ++b) {
        first_[b] += first_[b - 1];
    }
    in_band_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
        for (std::size_t b = band_of(edges_[i].low.y_m); b <= band_of(edges_[i].high.y_m); ++b) {
            in_band_[next[b]++] = static_cast<std::uint32_t>(i);
        }
    }
}

std::size_t BandedEdges::band_of(double y) const {
    const double band = std::floor((y - min_y_) / band_m_);
    return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(first_.size() - 2)));
}

bool BandedEdges::covers(PlaneXY p) const {
    if (edges_.empty()) {
        return false;
    }
    bool inside = false;
    const std::size_t band = band_of(p.y_m);
    for (std::uint32_t slot = first_[band]; slot < first_[band + 1]; ++slot) {
        const Meeting meeting = meeting_of(edges_[in_band_[slot]], p);
        if (meeting == Meeting::point_is_on_edge) {
            return true;
        }
        inside = inside != (meeting == Meeting::crosses);
    }
    return inside;
}

double BandedEdges::distance_m(PlaneXY p, double reach_m) const {
    double best = std::numeric_limits<double>::infinity();
    if (edges_.empty()) {
        return best;
    }
    const std::size_t last = band_of(p.y_m + reach_m);
    for (std::size_t band = band_of(p.y_m - reach_m); band <= last; ++band) {
        for (std::uint32_t slot = first_[band]; slot < first_[band + 1]; ++slot) {
            best = std::min(best, squared_distance(edges_[in_band_[slot]], p));
        }
    }
    best = std::sqrt(best);
    return best <= reach_m ? best : std::numeric_limits<double>::infinity();
}

} // namespace icmap::geo
