#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::serve {

/// Red, green and blue as in #1f6fb4.
using Colour = std::uint32_t;

/// A shape of the card's map, in the project's CRS.
struct CardShape {
    geo::Geometry plane; ///< polygons; drawn as a dot where they are too small to be seen
    Colour fill = 0;
    double fill_share = 1.0; ///< opacity, 0–1
    Colour line = 0;
    double line_px = 0.0; ///< 0: none
};

/// The picture that a link is shown with where it is shared: words at left, a map at right.
struct ShareCard {
    std::string kicker;      ///< above the title: the sector
    std::string title;       ///< the cluster
    std::string sentence;    ///< what it is
    std::string source;      ///< whose map it is, and of when
    bool is_example = false; ///< the source says so, in a colour that is seen
    Colour sea = 0;
    std::vector<CardShape> shapes; ///< the first lies below
    Box window;                    ///< what the map must show, in the project's CRS
};

inline constexpr int kCardWidth_px = 1200;
inline constexpr int kCardHeight_px = 630;

/// Draws it. \returns a PNG of kCardWidth_px × kCardHeight_px
/// \errors internal: Cairo's words
[[nodiscard]] Result<std::string> draw_card(const ShareCard& card);

/// What of the plane the card's map shows when it must show `window`: as wide and as high as the
/// map, the window in its middle.
[[nodiscard]] Box card_window(const Box& window);

} // namespace icmap::serve
