#pragma once

#include "base/units.hpp"
#include "geo/banded_edges.hpp"

#include <optional>
#include <span>
#include <vector>

namespace icmap::geo {

/// Edges side by side, so that a point is held against several at once.
class EdgeLanes {
  public:
    void assign(std::span<const Edge> edges);

    /// Whether the point is inside by the even-odd rule; unknown where it is on an edge, or too
    /// near to one to be told from double precision.
    /// \complexity linear in edges
    [[nodiscard]] std::optional<bool> covers(PlaneXY p) const;

  private:
    // Of each edge, and of some beyond the last that no point meets, so that lanes are whole.
    std::vector<double> low_x_, low_y_, high_y_;
    std::vector<double> across_, up_; ///< from its lower to its upper end
};

} // namespace icmap::geo
