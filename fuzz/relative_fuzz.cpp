// Any bytes are a country and one of its sectors: counts and labels must be those of the slow way.
#include "cluster/predicates.hpp"
#include "cluster/relative.hpp"
#include "world_reader.hpp"

using namespace icmap;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    const Metres eps{reader.take<double>()};
    const auto step = 1U + reader.take<std::uint8_t>() % 4U;
    const cluster::RelativeOptions options{reader.take<std::uint8_t>(),
                                           reader.take<std::uint8_t>() / 200.0};
    const fuzz::World all(reader, kind, eps.value, 120);
    fuzz::World sector = all;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all.x.size(); i += step) {
        sector.x[kept] = all.x[i];
        sector.y[kept] = all.y[i];
        if (!all.weight.empty()) {
            sector.weight[kept] = all.weight[i] / 2;
        }
        ++kept;
    }
    sector.x.resize(kept);
    sector.y.resize(kept);
    sector.weight.resize(all.weight.empty() ? 0 : kept);
    const auto background = cluster::Background::make(all.points(), eps);
    if (!background) {
        require(background.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    const auto found = cluster::relative(sector.points(), *background, options);
    if (!found) {
        require(found.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    for (std::size_t i = 0; i < kept; ++i) {
        require(found->sector_near[i] == cluster::weight_within(sector.points(), i, eps),
                "a wrong count of the sector");
        require(found->all_near[i] == cluster::weight_within(all.points(), i * step, eps),
                "a wrong count of all");
        require(found->p_value[i] >= 0.0 && found->p_value[i] <= 1.0, "no probability");
        require((found->labels.is_core[i] == 1) == (found->p_value[i] <= found->threshold &&
                                                    found->sector_near[i] >= options.min_points),
                "a wrong core flag");
    }
    require(!cluster::what_is_wrong_given_core(sector.points(), eps, found->labels),
            "not a right answer");
    return 0;
}
