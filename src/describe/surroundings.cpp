#include "describe/surroundings.hpp"

#include "base/parallel.hpp"
#include "geo/point_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace icmap::describe {
namespace {

/// Of the rows in which points are counted inside outlines: some 110 m, where outlines are a few
/// kilometres high.
constexpr double kRowHeightDeg = 0.001;

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

/// Squares tell which members may be nearest, well beyond their rounding; only these are measured.
double distance_to_nearest(std::span<const PlaneXY> members, PlaneXY at) {
    constexpr double kSlack = 1.0 + 1e-9;
    const auto squared = [at](PlaneXY member) {
        const double dx = member.x_m - at.x_m;
        const double dy = member.y_m - at.y_m;
        return dx * dx + dy * dy;
    };
    double least = std::numeric_limits<double>::infinity();
    for (const PlaneXY member : members) {
        const double here = squared(member);
        least = here < least ? here : least;
    }
    double distance_m = std::numeric_limits<double>::infinity();
    for (const PlaneXY member : members) {
        if (squared(member) <= least * kSlack) {
            distance_m = std::min(distance_m, std::hypot(member.x_m - at.x_m, member.y_m - at.y_m));
        }
    }
    return distance_m;
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
        const double distance_m = distance_to_nearest(members, there);
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

std::vector<geo::BandedEdges> borders_of(const ClusterTable& clusters) {
    std::vector<geo::BandedEdges> borders(clusters.size());
    parallel_for_each(borders.size(), 64, [&](std::size_t i) {
        borders[i] = geo::BandedEdges(geo::edges_of(clusters.outline[i]));
    });
    return borders;
}

std::vector<std::uint64_t> sites_inside(std::span<const geo::BandedEdges> borders,
                                        const Locations& locations) {
    const geo::PointRows rows(locations.degrees, kRowHeightDeg);
    std::vector<std::uint64_t> before(1, 0); // sites up to each position
    before.reserve(locations.sites.size() + 1);
    for (const std::uint32_t location : rows.order()) {
        before.push_back(before.back() + locations.sites[location]);
    }
    std::vector<std::uint64_t> inside(borders.size(), 0);
    parallel_ranges(borders.size(), 16, [&](std::size_t begin, std::size_t end) {
        std::vector<geo::PointRows::Run> runs;
        for (std::size_t i = begin; i < end; ++i) {
            rows.inside(borders[i], runs);
            for (const auto& run : runs) {
                inside[i] += before[run.end] - before[run.begin];
            }
        }
    });
    return inside;
}

Result<Lists<std::uint32_t>> find_former_firms(store::Connection& connection,
                                               std::span<const std::uint16_t> sector_of_cluster,
                                               std::span<const geo::BandedEdges> borders,
                                               const RegisterColumns& all) {
    ICMAP_ASSIGN(const FormerSites former, read_former_sites(connection));
    const geo::PointRows rows(former.degrees, kRowHeightDeg);
    std::vector<std::vector<std::uint32_t>> found(borders.size());
    parallel_ranges(borders.size(), 16, [&](std::size_t begin, std::size_t end) {
        std::vector<geo::PointRows::Run> runs;
        for (std::size_t i = begin; i < end; ++i) {
            rows.inside(borders[i], runs);
            for (const auto& run : runs) {
                for (const std::uint32_t site :
                     rows.order().subspan(run.begin, run.end - run.begin)) {
                    const auto sectors = all.sectors.of(former.firm[site]);
                    if (std::binary_search(sectors.begin(), sectors.end(), sector_of_cluster[i])) {
                        found[i].push_back(former.firm[site]);
                    }
                }
            }
            std::sort(found[i].begin(), found[i].end());
            found[i].erase(std::unique(found[i].begin(), found[i].end()), found[i].end());
        }
    });
    Lists<std::uint32_t> firms;
    for (const auto& own : found) {
        firms.value.insert(firms.value.end(), own.begin(), own.end());
        firms.first.push_back(firms.value.size());
    }
    return firms;
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
