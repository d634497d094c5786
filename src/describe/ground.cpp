#include "describe/ground.hpp"

#include "store/bulk_append.hpp"
#include "store/stream.hpp"

#include <algorithm>
#include <array>

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

Result<void> write_ground(store::Connection& connection, const Ground& ground,
                          const Members& members) {
    std::vector<std::uint32_t> cluster_id;
    std::vector<std::uint32_t> area_id;
    std::vector<std::uint32_t> sites;
    std::vector<std::uint32_t> counts(ground.is_authority.size(), 0);
    std::vector<std::uint32_t> touched;
    const MemberLocations& own = members.locations;
    for (std::size_t i = 0; i + 1 < own.first.size(); ++i) {
        for (std::size_t at = own.first[i]; at < own.first[i + 1]; ++at) {
            for (const std::uint32_t area : ground.areas.of(own.location[at])) {
                if (counts[area] == 0) {
                    touched.push_back(area);
                }
                counts[area] += own.sites[at];
            }
        }
        std::sort(touched.begin(), touched.end());
        for (const std::uint32_t area : touched) {
            cluster_id.push_back(members.clusters.cluster_id[i]);
            area_id.push_back(area);
            sites.push_back(std::exchange(counts[area], 0U));
        }
        touched.clear();
    }
    const auto column = [](const std::vector<std::uint32_t>& values) {
        return store::Column{std::span<const std::uint32_t>(values)};
    };
    return store::append_columns(
        connection, "main", "describe_ground",
        std::array<store::Column, 3>{column(cluster_id), column(area_id), column(sites)});
}

} // namespace icmap::describe
