// Any bytes are places of the Earth: two ways to the same clusters must agree.
#include "cluster/hdbscan.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/on_sphere.hpp"
#include "cluster/sphere.hpp"
#include "world_reader.hpp"

using namespace icmap;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    const cluster::DbscanOptions options{Metres{reader.take<double>()},
                                         reader.take<std::uint8_t>()};
    std::vector<double> lon;
    std::vector<double> lat;
    while (reader.left() > 0 && lon.size() < 150) {
        if (kind % 2 == 0) { // any numbers
            lon.push_back(reader.take<double>());
            lat.push_back(reader.take<double>());
        } else { // whole degrees, poles and antimeridian among them
            lon.push_back(reader.take<std::uint16_t>() % 361 - 180.0);
            lat.push_back(reader.take<std::uint8_t>() % 181 - 90.0);
        }
    }
    const cluster::GeoPoints points{lon, lat, {}};
    const auto labels = cluster::dbscan_on_sphere(points, options);
    if (!labels) {
        require(labels.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    const auto laid = cluster::lay_on_sphere(points);
    require(laid.has_value(), "laid once but not twice");
    const auto hierarchy = cluster::HierarchyIn<3>::of(laid->points(), options.min_points);
    const auto cut = hierarchy.labels_at(options.eps);
    require(cut && cut->label == labels->label && cut->is_core == labels->is_core, "a wrong cut");
    const auto found = cluster::hdbscan(hierarchy, cluster::HdbscanOptions{3});
    require(found && found->label.size() == lon.size(), "no labels");
    for (std::size_t i = 0; i < lon.size(); ++i) {
        require(found->strength[i] >= 0.0 && found->strength[i] <= 1.0, "strength out of range");
        require(found->outlier_score[i] >= 0.0 && found->outlier_score[i] <= 1.0,
                "outlier score out of range");
    }
    return 0;
}
