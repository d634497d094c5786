#include "outline/land_piece.hpp"

#include "outline/segments.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace icmap::outline {
namespace {

bool are_beside(const geo::Edge& edge, const Box& box) {
    return edge.low.y_m > box.max_y || edge.high.y_m < box.min_y ||
           std::max(edge.low.x_m, edge.high.x_m) < box.min_x ||
           std::min(edge.low.x_m, edge.high.x_m) > box.max_x;
}

/// How an edge lies to all others; crossing if it crosses one.
Contact meeting_all(const geo::Edge& edge, std::span<const geo::Edge> others) {
    Contact found = Contact::apart;
    for (const geo::Edge& other : others) {
        const Contact with = meeting(edge.low, edge.high, other.low, other.high);
        if (with == Contact::crossing) {
            return with;
        }
        found = with == Contact::uncertain ? with : found;
    }
    return found;
}

} // namespace

LandPiece::LandPiece(geo::Geometry land) : land_(std::move(land)), border_(geo::edges_of(land_)) {}

bool LandPiece::covers(const geo::Geometry& polygon) const {
    const auto parts = polygon.parts();
    if (parts.size() != 1 || parts.front().rings.size() != 1) {
        return land_.covers(polygon);
    }
    const std::vector<geo::Edge> own = geo::edges_of(polygon);
    if (own.empty()) {
        return land_.covers(polygon);
    }
    const Box box = geo::bounds_of(own);
    // What runs through the polygon, or lies in it, is a border of land: not all of it is.
    bool is_cut = false;
    bool is_uncertain = false;
    border_.visit_between(box.min_y, box.max_y, [&](const geo::Edge& edge) {
        if (are_beside(edge, box)) {
            return true;
        }
        const Contact met = meeting_all(edge, own);
        is_uncertain = is_uncertain || met == Contact::uncertain;
        is_cut =
            met == Contact::crossing || (met == Contact::apart && geo::is_inside(own, edge.low));
        return !is_cut;
    });
    if (is_cut) {
        return false;
    }
    return is_uncertain ? land_.covers(polygon) : border_.covers(own.front().low);
}

} // namespace icmap::outline
