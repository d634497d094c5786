#include "serve/ground.hpp"

#include <algorithm>

namespace icmap::serve {

Result<Ground> Ground::create(const Catalogue& catalogue, std::string_view land_wkb) {
    Ground ground;
    std::string crs(catalogue.parameter("crs"));
    if (crs.empty()) {
        crs = catalogue.parameter("project.crs");
    }
    geo::ProjectionOptions options;
    options.lon_lat_extent = catalogue.bounds;
    ICMAP_ASSIGN(auto projection, geo::Projection::create(crs.empty() ? "auto" : crs, options));
    ground.projection_.emplace(std::move(projection));
    for (const ClusterEntry& cluster : catalogue.clusters) {
        ICMAP_ASSIGN(auto plane, geo::to_plane(cluster.outline, *ground.projection_));
        ground.bounds_.push_back(plane.bounds());
        ground.outlines_.push_back(std::move(plane));
    }
    std::vector<geo::Geometry> areas;
    for (const AreaEntry& area : catalogue.areas) {
        ICMAP_ASSIGN(auto plane, geo::to_plane(area.outline, *ground.projection_));
        areas.push_back(std::move(plane));
    }
    ground.areas_.emplace(areas);
    if (!land_wkb.empty()) {
        ICMAP_ASSIGN(const auto lon_lat, geo::Geometry::from_wkb(land_wkb));
        ICMAP_ASSIGN(auto plane, geo::to_plane(lon_lat, *ground.projection_));
        ICMAP_ASSIGN(ground.land_, outline::Land::make(std::move(plane)));
    }
    return ground;
}

std::vector<Ground::Reach> Ground::clusters_near(PlaneXY place, Metres radius,
                                                 const Catalogue& catalogue) const {
    const double r = radius.value;
    const Box around{place.x_m - r, place.y_m - r, place.x_m + r, place.y_m + r};
    std::vector<Reach> found;
    for (std::size_t i = 0; i < outlines_.size(); ++i) {
        if (!bounds_[i].intersects(around)) {
            continue;
        }
        const double distance_m = outlines_[i].distance_m(place);
        if (distance_m <= r) {
            found.push_back({i, distance_m});
        }
    }
    std::sort(found.begin(), found.end(), [&](const Reach& a, const Reach& b) {
        const auto size = [&](const Reach& reach) {
            return catalogue.clusters[reach.cluster].enterprise_count;
        };
        return a.distance_m != b.distance_m ? a.distance_m < b.distance_m
               : size(a) != size(b)         ? size(a) > size(b)
                                            : a.cluster < b.cluster;
    });
    return found;
}

std::vector<std::size_t> Ground::areas_at(PlaneXY place) const {
    std::vector<std::size_t> all;
    for (const std::int32_t i : areas_->all_at(place)) {
        all.push_back(static_cast<std::size_t>(i));
    }
    return all;
}

} // namespace icmap::serve
