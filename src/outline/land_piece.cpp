#include "outline/land_piece.hpp"

#include "geo/bounds.hpp"
#include "outline/segments.hpp"

#include <algorithm>
#include <utility>

namespace icmap::outline {
namespace {

bool are_beside(const geo::Edge& edge, const Box& box) {
    return edge.low.y_m > box.max_y || edge.high.y_m < box.min_y ||
           std::max(edge.low.x_m, edge.high.x_m) < box.min_x ||
           std::min(edge.low.x_m, edge.high.x_m) > box.max_x;
}

/// How an edge lies to all of a ring; crossing if it crosses one piece.
Contact meeting_all(const geo::Edge& edge, const geo::Ring& ring) {
    Contact found = Contact::apart;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Contact with = meeting(edge.low, edge.high, ring[i], ring[i + 1]);
        if (with == Contact::crossing) {
            return with;
        }
        found = with == Contact::uncertain ? with : found;
    }
    return found;
}

/// By the even-odd rule; the place is on no edge.
bool is_inside(PlaneXY place, const geo::Ring& ring) {
    bool inside = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const geo::Edge edge = geo::make_edge(ring[i], ring[i + 1]);
        if (edge.low.y_m <= place.y_m && place.y_m < edge.high.y_m &&
            geo::side_of(edge, place) > 0.0) {
            inside = !inside;
        }
    }
    return inside;
}

} // namespace

LandPiece::LandPiece(geo::Geometry land) : land_(std::move(land)), border_(geo::edges_of(land_)) {}

bool LandPiece::covers(const geo::Geometry& polygon) const {
    const auto parts = polygon.parts();
    if (parts.size() != 1 || parts.front().rings.size() != 1) {
        return land_.covers(polygon);
    }
    const geo::Ring& ring = parts.front().rings.front();
    const Box box = geo::bounds_of(ring);
    // What runs through the polygon, or lies in it, is a border of land: not all of it is.
    bool is_cut = false;
    bool is_uncertain = false;
    border_.visit_between(box.min_y, box.max_y, [&](const geo::Edge& edge) {
        if (are_beside(edge, box)) {
            return true;
        }
        const Contact met = meeting_all(edge, ring);
        is_uncertain = is_uncertain || met == Contact::uncertain;
        is_cut = met == Contact::crossing || (met == Contact::apart && is_inside(edge.low, ring));
        return !is_cut;
    });
    if (is_cut) {
        return false;
    }
    return is_uncertain ? land_.covers(polygon) : border_.covers(ring.front());
}

} // namespace icmap::outline
