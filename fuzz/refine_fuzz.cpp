// Any bytes are a labelled world: splitting and dropping must leave what they promise.
#include "cluster/refine.hpp"
#include "world_reader.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace icmap;
using fuzz::require;

namespace {

/// Clusters are numbered by their first core point and none is empty.
void require_numbers(const cluster::Labels& labels) {
    std::int32_t next = 0;
    for (std::size_t i = 0; i < labels.label.size(); ++i) {
        require(labels.label[i] >= -1 && labels.label[i] < labels.cluster_count, "no such cluster");
        require(labels.is_core[i] == 0 || labels.label[i] >= 0, "core noise");
        if (labels.is_core[i] == 1 && labels.label[i] >= next) {
            require(labels.label[i] == next, "numbers out of order");
            ++next;
        }
    }
    require(next == labels.cluster_count, "a cluster without a core point");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Reader reader(data, size);
    const auto kind = reader.take<std::uint8_t>();
    const cluster::DbscanOptions options{Metres{reader.take<double>()},
                                         reader.take<std::uint8_t>()};
    const Metres max_extent{options.eps.value * (1.0 + reader.take<std::uint8_t>() / 16.0)};
    const std::uint32_t min_enterprises = reader.take<std::uint8_t>() % 8;
    const fuzz::World world(reader, kind, options.eps.value, 150);
    const auto labels = cluster::dbscan(world.points(), options);
    if (!labels) {
        return 0;
    }
    const auto split = cluster::split_wide(world.points(), *labels, options, max_extent);
    if (!split) {
        require(split.error().kind == ErrorKind::input, "a wrong input must be told as one");
        return 0;
    }
    require_numbers(split->labels);
    const auto clusters = static_cast<std::size_t>(split->labels.cluster_count);
    require(split->eps_m.size() == clusters && split->is_wide.size() == clusters, "sizes");
    std::map<std::int32_t, std::int32_t> came_from;
    std::map<std::int32_t, std::pair<double, double>> across;
    for (std::size_t i = 0; i < world.x.size(); ++i) {
        const std::int32_t label = split->labels.label[i];
        if (label < 0) {
            continue;
        }
        require(came_from.emplace(label, labels->label[i]).first->second == labels->label[i],
                "a part of two clusters");
        auto [at, is_new] = across.try_emplace(label, world.x[i], world.x[i]);
        at->second = {std::min(at->second.first, world.x[i]),
                      std::max(at->second.second, world.x[i])};
    }
    for (const auto& [label, x] : across) {
        require(split->is_wide[static_cast<std::size_t>(label)] == 1 ||
                    x.second - x.first <= max_extent.value,
                "wider than allowed");
    }
    std::vector<std::int64_t> enterprise;
    for (std::size_t i = 0; i < world.x.size(); ++i) {
        enterprise.push_back(static_cast<std::int64_t>(i / 3));
    }
    const auto kept = cluster::drop_small(split->labels, enterprise, min_enterprises);
    if (!kept) {
        require(min_enterprises == 0, "refused without a reason");
        return 0;
    }
    require_numbers(*kept);
    std::map<std::int32_t, std::set<std::int64_t>> owners;
    for (std::size_t i = 0; i < world.x.size(); ++i) {
        if (kept->label[i] >= 0) {
            owners[kept->label[i]].insert(enterprise[i]);
        }
    }
    for (const auto& [label, of] : owners) {
        require(of.size() >= min_enterprises, "too few enterprises");
    }
    return 0;
}
