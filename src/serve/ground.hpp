#pragma once

#include "base/result.hpp"
#include "geo/area_index.hpp"
#include "geo/projection.hpp"
#include "outline/land.hpp"
#include "serve/catalogue.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// Where clusters and areas lie in the project's planar CRS.
class Ground {
  public:
    /// \errors input: the atlas names a CRS that is not known here
    /// \param land_wkb the land in longitude and latitude; empty where the atlas has none
    [[nodiscard]] static Result<Ground> create(const Catalogue& catalogue,
                                               std::string_view land_wkb);

    struct Reach {
        std::size_t cluster = 0; ///< index in the catalogue
        double distance_m = 0.0; ///< to the outline; 0 inside
    };
    /// Clusters whose outline is at most `radius` away, nearest first, then most enterprises first.
    [[nodiscard]] std::vector<Reach> clusters_near(PlaneXY place, Metres radius,
                                                   const Catalogue& catalogue) const;
    /// Indexes of the areas that hold the place.
    [[nodiscard]] std::vector<std::size_t> areas_at(PlaneXY place) const;

    [[nodiscard]] const geo::Projection& projection() const { return *projection_; }
    /// What live outlines are clipped to.
    [[nodiscard]] const outline::Land& land() const { return land_; }

  private:
    Ground() = default;
    std::optional<geo::Projection> projection_;
    std::vector<geo::Geometry> outlines_; ///< of the clusters
    std::vector<Box> bounds_;
    std::optional<geo::AreaIndex> areas_;
    outline::Land land_;
};

} // namespace icmap::serve
