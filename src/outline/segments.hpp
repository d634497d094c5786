#pragma once

#include "base/units.hpp"

#include <algorithm>
#include <cmath>

namespace icmap::outline {

/// Share of the size of a cross product that rounding may take, far more than it does.
inline constexpr double kRounding = 1e-9;

/// -1 or 1: the side of the line a-b that c is on; 0: on it, or too near to say.
[[nodiscard]] inline int side(PlaneXY a, PlaneXY b, PlaneXY c) {
    const double left = (b.x_m - a.x_m) * (c.y_m - a.y_m);
    const double right = (b.y_m - a.y_m) * (c.x_m - a.x_m);
    const double cross = left - right;
    const double slack = kRounding * (std::abs(left) + std::abs(right));
    return cross > slack ? 1 : cross < -slack ? -1 : 0;
}

/// How two segments a-b and c-d lie to each other.
enum class Contact { apart, crossing, uncertain };

/// Apart and crossing are certain; where they touch, or nearly, it is uncertain.
[[nodiscard]] inline Contact meeting(PlaneXY a, PlaneXY b, PlaneXY c, PlaneXY d) {
    const auto beside = [](double a1, double a2, double b1, double b2) {
        return std::max(a1, a2) < std::min(b1, b2) || std::max(b1, b2) < std::min(a1, a2);
    };
    if (beside(a.x_m, b.x_m, c.x_m, d.x_m) || beside(a.y_m, b.y_m, c.y_m, d.y_m)) {
        return Contact::apart;
    }
    const int first = side(a, b, c) * side(a, b, d);
    const int second = side(c, d, a) * side(c, d, b);
    if (first > 0 || second > 0) {
        return Contact::apart;
    }
    return first < 0 && second < 0 ? Contact::crossing : Contact::uncertain;
}

} // namespace icmap::outline
