// Any bytes are a world: the fast ways to cluster it must agree with the slow one.
#include "cluster/brute_force.hpp"
#include "cluster/dbscan.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/predicates.hpp"

#include "world_reader.hpp"

using namespace icmap;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    const cluster::DbscanOptions options{Metres{reader.take<double>()},
                                         reader.take<std::uint8_t>()};
    const fuzz::World world(reader, kind, options.eps.value, 200);
    const cluster::Points points = world.points();
    const Result<cluster::Labels> labels = cluster::dbscan(points, options);
    if (!labels) {
        require(labels.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    const cluster::Labels slow = cluster::dbscan_brute_force(points, options);
    require(labels->label == slow.label && labels->is_core == slow.is_core, "not as brute force");
    require(!cluster::what_is_wrong(points, options, *labels), "not a right answer");
    const auto hierarchy = cluster::Hierarchy::make(points, options.min_points);
    require(hierarchy.has_value(), "no hierarchy");
    const auto cut = hierarchy->labels_at(options.eps);
    require(cut && cut->label == slow.label && cut->is_core == slow.is_core, "a wrong cut");
    cluster::HdbscanOptions tree_options{3};
    tree_options.leaving =
        kind % 8 < 4 ? cluster::HdbscanLeaving::together : cluster::HdbscanLeaving::alone;
    const auto found = cluster::hdbscan(*hierarchy, tree_options);
    require(found && found->label.size() == world.x.size(), "no labels");
    for (std::size_t i = 0; i < world.x.size(); ++i) {
        require(found->strength[i] >= 0.0 && found->strength[i] <= 1.0, "strength out of range");
        require(found->outlier_score[i] >= 0.0 && found->outlier_score[i] <= 1.0,
                "outlier score out of range");
    }
    return 0;
}
