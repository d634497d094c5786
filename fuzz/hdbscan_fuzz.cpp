// Any bytes are a world: each value that HDBSCAN* finds must be that of its definition.
#include "cluster/hdbscan_brute_force.hpp"
#include "world_reader.hpp"

#include <cstdio>

using namespace icmap;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    cluster::HdbscanOptions options{2U + reader.take<std::uint8_t>() % 8U,
                                    reader.take<std::uint8_t>() % 8U};
    const auto how = reader.take<std::uint8_t>();
    options.selection =
        how % 2 == 0 ? cluster::HdbscanSelection::eom : cluster::HdbscanSelection::leaf;
    options.leaving =
        how % 4 < 2 ? cluster::HdbscanLeaving::together : cluster::HdbscanLeaving::alone;
    const double scale_m = reader.take<double>();
    options.selection_epsilon = Metres{how % 8 < 4 ? 0.0 : scale_m * reader.take<std::uint8_t>()};
    options.max_extent = Metres{how % 16 < 8 ? 0.0 : scale_m * reader.take<std::uint8_t>()};
    const fuzz::World world(reader, kind, scale_m, 60);
    const auto found = cluster::hdbscan(world.points(), options);
    if (!found) {
        require(found.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    // The definition knows single points only.
    std::vector<cluster::Position<2>> at_m;
    for (std::size_t i = 0; i < world.x.size(); ++i) {
        at_m.push_back({world.x[i], world.y[i]});
    }
    if (at_m.empty()) {
        return 0;
    }
    const auto single = cluster::hdbscan({world.x, world.y, {}}, options);
    const auto wrong = cluster::SlowHdbscan<2>(std::move(at_m), options).what_is_wrong(*single);
    require(!wrong, wrong ? wrong->c_str() : "");
    return 0;
}
