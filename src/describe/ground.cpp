#include "describe/ground.hpp"

#include "base/parallel.hpp"
#include "store/bulk_append.hpp"
#include "store/stream.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace icmap::describe {

Result<Ground> read_ground(store::Connection& connection, const RegisterColumns& all) {
    Ground ground;
    std::vector<std::uint32_t> speaker(all.locations.sites.size(), RegisterColumns::kNowhere);
    std::vector<std::uint32_t> location;
    std::vector<std::uint32_t> area;
    ICMAP_TRY(store::stream(connection,
                            "select site_id, area_id, level = 'lower_tier' from site_area",
                            [&](const store::Chunk& chunk) {
                                const auto sites = chunk.column<std::uint32_t>(0);
                                const auto areas = chunk.column<std::uint32_t>(1);
                                const auto is_authority = chunk.column<bool>(2);
                                for (std::size_t i = 0; i < chunk.size(); ++i) {
                                    const std::uint32_t at = sites[i] < all.location_of_site.size()
                                                                 ? all.location_of_site[sites[i]]
                                                                 : RegisterColumns::kNowhere;
                                    if (at == RegisterColumns::kNowhere) {
                                        continue;
                                    }
                                    if (speaker[at] == RegisterColumns::kNowhere) {
                                        speaker[at] = sites[i];
                                    }
                                    if (speaker[at] == sites[i]) {
                                        location.push_back(at);
                                        area.push_back(areas[i]);
                                        if (areas[i] >= ground.is_authority.size()) {
                                            ground.is_authority.resize(areas[i] + 1, 0);
                                        }
                                        if (is_authority[i]) {
                                            ground.is_authority[areas[i]] = 1;
                                        }
                                    }
                                }
                            }));
    ground.areas = lists_of(location, area, all.locations.sites.size());
    return ground;
}

std::vector<AreaSites> count_by_area(const Ground& ground, const MemberLocations& own) {
    std::vector<AreaSites> found(own.first.size() - 1);
    parallel_ranges(found.size(), 64, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint32_t> counts(ground.is_authority.size(), 0);
        std::vector<std::uint32_t> touched;
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = own.by_place[k];
            for (std::size_t at = own.first[i]; at < own.first[i + 1]; ++at) {
                for (const std::uint32_t area : ground.areas.of(own.location[at])) {
                    if (counts[area] == 0) {
                        touched.push_back(area);
                    }
                    counts[area] += own.sites[at];
                }
            }
            std::sort(touched.begin(), touched.end());
            found[i].reserve(touched.size());
            for (const std::uint32_t area : touched) {
                found[i].emplace_back(area, std::exchange(counts[area], 0U));
            }
            touched.clear();
        }
    });
    return found;
}

Result<void> write_ground(store::Connection& connection, const ClusterTable& clusters,
                          std::span<const AreaSites> sites_by_area) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint32_t> area_id;
    std::vector<std::uint32_t> sites;
    for (std::size_t i = 0; i < sites_by_area.size(); ++i) {
        for (const auto& [area, count] : sites_by_area[i]) {
            cluster_id.push_back(clusters.cluster_id[i]);
            area_id.push_back(area);
            sites.push_back(count);
        }
    }
    const auto column = [](const std::vector<std::uint32_t>& values) {
        return store::Column{std::span<const std::uint32_t>(values)};
    };
    return store::append_columns(
        connection, "main", "describe_ground",
        std::array<store::Column, 3>{column(cluster_id), column(area_id), column(sites)});
}

} // namespace icmap::describe
