#include "describe/surroundings.hpp"

#include "base/parallel.hpp"
#include "geo/area_index.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::describe {
namespace {

/// Sites of firms that are not active any more.
struct FormerSites {
    std::vector<std::uint32_t> firm;
    std::vector<PlaneXY> degrees;
};

Result<FormerSites> read_former_sites(store::Connection& connection) {
    FormerSites former;
    // Former firms count where firms of today do: at a mass-registration address only if the
    // project keeps such addresses, which shows in the sites there that are in the density.
    ICMAP_TRY(connection.read(
        "select s.firm_id, s.lon_deg, s.lat_deg from site s join firm f using (firm_id) "
        "where not f.is_active and f.dissolved is not null "
        "and (not s.is_mass_registration or exists (select 1 from site kept "
        "where kept.is_mass_registration and kept.in_density)) "
        "and s.precision in ('coordinate', 'unit') order by s.site_id",
        [&former](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                former.firm.push_back(chunk.column<std::uint32_t>(0)[i]);
                former.degrees.push_back({chunk.column<double>(1)[i], chunk.column<double>(2)[i]});
            }
        }));
    return former;
}

/// How far `at` is from the box, at least.
double distance_to_box(const Box& box, PlaneXY at) {
    const double dx = std::max({box.min_x - at.x_m, 0.0, at.x_m - box.max_x});
    const double dy = std::max({box.min_y - at.y_m, 0.0, at.y_m - box.max_y});
    return std::hypot(dx, dy);
}

std::vector<NearInstitution> near_one(std::span<const PlaneXY> members,
                                      std::span<const PlaneXY> institutions, double reach_m) {
    std::vector<NearInstitution> near;
    if (members.empty()) {
        return near;
    }
    Box box{members[0].x_m, members[0].y_m, members[0].x_m, members[0].y_m};
    for (const PlaneXY member : members) {
        box = {std::min(box.min_x, member.x_m), std::min(box.min_y, member.y_m),
               std::max(box.max_x, member.x_m), std::max(box.max_y, member.y_m)};
    }
    std::vector<NearInstitution> by_bound;
    for (std::uint32_t i = 0; i < institutions.size(); ++i) {
        by_bound.push_back({i, distance_to_box(box, institutions[i])});
    }
    const auto nearer = [](const NearInstitution& a, const NearInstitution& b) {
        return a.distance_m < b.distance_m || (a.distance_m == b.distance_m && a.asset < b.asset);
    };
    double nearest_m = std::numeric_limits<double>::infinity();
    const auto look_at = [&](const NearInstitution& candidate) {
        const PlaneXY there = institutions[candidate.asset];
        double distance_m = std::numeric_limits<double>::infinity();
        for (const PlaneXY member : members) {
            distance_m =
                std::min(distance_m, std::hypot(member.x_m - there.x_m, member.y_m - there.y_m));
        }
        nearest_m = std::min(nearest_m, distance_m);
        near.push_back({candidate.asset, distance_m});
    };
    const auto beyond =
        std::partition(by_bound.begin(), by_bound.end(), [reach_m](const NearInstitution& each) {
            return each.distance_m <= reach_m;
        });
    std::for_each(by_bound.begin(), beyond, look_at);
    // Those farther off are put into order only where none is within reach.
    if (nearest_m > reach_m) {
        std::sort(beyond, by_bound.end(), nearer);
        for (auto each = beyond; each != by_bound.end() && each->distance_m <= nearest_m; ++each) {
            look_at(*each);
        }
    }
    std::sort(near.begin(), near.end(), nearer);
    std::size_t keep = near.empty() ? 0 : 1;
    while (keep < near.size() && near[keep].distance_m <= reach_m) {
        ++keep;
    }
    near.resize(keep);
    return near;
}

} // namespace

std::vector<std::uint64_t> sites_inside(const ClusterTable& clusters, const Locations& locations) {
    const geo::AreaIndex index(clusters.outline);
    // Whole numbers: the order in which threads add them does not matter.
    std::vector<std::atomic<std::uint64_t>> inside(clusters.size());
    parallel_for_each(locations.degrees.size(), 1024, [&](std::size_t i) {
        for (const std::int32_t cluster : index.all_at(locations.degrees[i])) {
            inside[static_cast<std::size_t>(cluster)].fetch_add(locations.sites[i],
                                                                std::memory_order_relaxed);
        }
    });
    return {inside.begin(), inside.end()};
}

Result<Lists<std::uint32_t>> find_former_firms(store::Connection& connection,
                                               const ClusterTable& clusters,
                                               const RegisterColumns& all) {
    ICMAP_ASSIGN(const FormerSites former, read_former_sites(connection));
    const geo::AreaIndex index(clusters.outline);
    std::vector<std::vector<std::int32_t>> found(former.firm.size());
    parallel_for_each(former.firm.size(), 1024,
                      [&](std::size_t i) { found[i] = index.all_at(former.degrees[i]); });
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto sectors = all.sectors.of(former.firm[i]);
        for (const std::int32_t cluster : found[i]) {
            const auto row = static_cast<std::uint32_t>(cluster);
            if (std::binary_search(sectors.begin(), sectors.end(), clusters.sector_id[row])) {
                pairs.emplace_back(row, former.firm[i]);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::vector<std::uint32_t> rows;
    std::vector<std::uint32_t> firms;
    for (const auto& [row, firm] : pairs) {
        rows.push_back(row);
        firms.push_back(firm);
    }
    return lists_of(rows, firms, clusters.size());
}

std::vector<std::vector<NearInstitution>> near_institutions(const Locations& locations,
                                                            const MemberLocations& members,
                                                            std::span<const PlaneXY> institutions,
                                                            Metres reach) {
    std::vector<std::vector<NearInstitution>> near(members.first.size() - 1);
    parallel_for_each(near.size(), 8, [&](std::size_t cluster) {
        std::vector<PlaneXY> positions;
        for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
            positions.push_back(locations.plane[members.location[i]]);
        }
        near[cluster] = near_one(positions, institutions, reach.value);
    });
    return near;
}

} // namespace icmap::describe
