#include "cluster/on_sphere.hpp"

#include "cluster/check.hpp"
#include "cluster/dbscan_in.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/sphere.hpp"

namespace icmap::cluster {

Result<Labels> dbscan_on_sphere(GeoPoints points, DbscanOptions options) {
    ICMAP_TRY(check_radius(options.eps, "eps"));
    ICMAP_TRY(check_positive(options.min_points, "min_points"));
    ICMAP_ASSIGN(const SpherePoints laid, lay_on_sphere(points));
    return dbscan_in(laid.points(), chord_m(options.eps.value), options.min_points);
}

Result<HdbscanLabels> hdbscan_on_sphere(GeoPoints points, HdbscanOptions options) {
    ICMAP_TRY(check_hdbscan(options));
    ICMAP_ASSIGN(const SpherePoints laid, lay_on_sphere(points));
    return hdbscan(HierarchyIn<3>::of(laid.points(), samples_of(options)), options);
}

Result<RelativeLabels> relative_on_sphere(GeoPoints sector, GeoPoints all, Metres eps,
                                          RelativeOptions options) {
    ICMAP_TRY(check_radius(eps, "eps"));
    ICMAP_ASSIGN(const SpherePoints laid_all, lay_on_sphere(all));
    ICMAP_ASSIGN(const SpherePoints laid_sector, lay_on_sphere(sector));
    ICMAP_ASSIGN(const auto background, BackgroundIn<3>::of(laid_all.points(), eps));
    return relative_in(laid_sector.points(), background, options);
}

} // namespace icmap::cluster
