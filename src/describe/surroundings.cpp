#include "describe/surroundings.hpp"

#include "base/parallel.hpp"
#include "geo/bounds.hpp"
#include "geo/grid_index.hpp"
#include "geo/point_rows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
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

/// How far `at` is from the box, at least, squared.
double squared_distance_to_box(const Box& box, PlaneXY at) {
    const double dx = std::max({box.min_x - at.x_m, 0.0, at.x_m - box.max_x});
    const double dy = std::max({box.min_y - at.y_m, 0.0, at.y_m - box.max_y});
    return dx * dx + dy * dy;
}

/// More than rounding may take of a square.
constexpr double kSlack = 1.0 + 1e-9;

/// Squares tell which members may be nearest, well beyond their rounding; only these are measured.
double distance_to_nearest(std::span<const PlaneXY> members, PlaneXY at) {
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

bool is_nearer(const NearInstitution& a, const NearInstitution& b) {
    return a.distance_m < b.distance_m || (a.distance_m == b.distance_m && a.asset < b.asset);
}

/// The institutions and what one thread needs to look for them.
struct Finder {
    std::span<const PlaneXY> institutions;
    const geo::GridIndex& index;
    double reach_m;
    std::vector<PlaneXY> members{}; ///< of the cluster that is looked around
    std::vector<std::uint32_t> about{};

    [[nodiscard]] NearInstitution measured(std::uint32_t asset) const {
        return {asset, distance_to_nearest(members, institutions[asset])};
    }
    /// The nearest of all, where none is within reach: by their least distances, until these alone
    /// are farther than what is found.
    [[nodiscard]] std::vector<NearInstitution> nearest(const Box& box) const {
        std::vector<std::pair<double, std::uint32_t>> by_bound;
        for (std::uint32_t i = 0; i < institutions.size(); ++i) {
            by_bound.emplace_back(squared_distance_to_box(box, institutions[i]), i);
        }
        std::sort(by_bound.begin(), by_bound.end());
        std::vector<NearInstitution> found;
        for (const auto& [squared, asset] : by_bound) {
            if (!found.empty() && squared > found[0].distance_m * found[0].distance_m * kSlack) {
                break;
            }
            const NearInstitution next = measured(asset);
            if (found.empty() || is_nearer(next, found[0])) {
                found.assign(1, next);
            }
        }
        return found;
    }
    /// Those within reach of a member, nearest first; the nearest of all where there is none.
    [[nodiscard]] std::vector<NearInstitution> find() {
        if (members.empty()) {
            return {};
        }
        const Box box = geo::bounds_of(members);
        const PlaneXY centre{0.5 * (box.min_x + box.max_x), 0.5 * (box.min_y + box.max_y)};
        const double around_m =
            reach_m + 0.5 * std::hypot(box.max_x - box.min_x, box.max_y - box.min_y);
        index.within(centre, Metres{around_m * kSlack}, about);
        std::vector<NearInstitution> near;
        for (const std::uint32_t asset : about) {
            if (squared_distance_to_box(box, institutions[asset]) <= reach_m * reach_m * kSlack) {
                if (const NearInstitution each = measured(asset); each.distance_m <= reach_m) {
                    near.push_back(each);
                }
            }
        }
        if (near.empty()) {
            return nearest(box);
        }
        std::sort(near.begin(), near.end(), is_nearer);
        return near;
    }
};

} // namespace

Result<std::vector<geo::BandedEdges>> borders_of(const ClusterTable& clusters) {
    std::vector<geo::BandedEdges> borders(clusters.size());
    std::vector<std::uint8_t> is_read(clusters.size(), 0);
    parallel_for_each(borders.size(), 64, [&](std::size_t i) {
        if (const auto outline = geo::Geometry::from_wkb(clusters.wkb[i])) {
            borders[i] = geo::BandedEdges(geo::edges_of(*outline));
            is_read[i] = 1;
        }
    });
    const auto bad = std::find(is_read.begin(), is_read.end(), std::uint8_t{0});
    if (bad != is_read.end()) {
        const auto row = static_cast<std::size_t>(bad - is_read.begin());
        return internal_error(
            fmt::format("the outline of cluster {} cannot be read", clusters.cluster_id[row]));
    }
    return borders;
}

std::vector<std::uint64_t> sites_inside(std::span<const geo::BandedEdges> borders,
                                        std::span<const std::uint32_t> by_place,
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
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = by_place[k];
            rows.inside(borders[i], runs);
            for (const auto& run : runs) {
                inside[i] += before[run.end] - before[run.begin];
            }
        }
    });
    return inside;
}

Result<Lists<std::uint32_t>> find_former_firms(store::Connection& connection,
                                               const Members& members,
                                               std::span<const geo::BandedEdges> borders,
                                               const RegisterColumns& all) {
    const std::vector<std::uint16_t>& sector_of_cluster = members.clusters.sector_id;
    const std::vector<std::uint32_t>& by_place = members.locations.by_place;
    ICMAP_ASSIGN(const FormerSites former, read_former_sites(connection));
    const geo::PointRows rows(former.degrees, kRowHeightDeg);
    std::vector<std::vector<std::uint32_t>> found(borders.size());
    parallel_ranges(borders.size(), 16, [&](std::size_t begin, std::size_t end) {
        std::vector<geo::PointRows::Run> runs;
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = by_place[k];
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
    const geo::GridIndex index(institutions, reach);
    parallel_ranges(near.size(), 8, [&](std::size_t begin, std::size_t end) {
        Finder finder{institutions, index, reach.value};
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t cluster = members.by_place[k];
            finder.members.clear();
            for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
                finder.members.push_back(locations.plane[members.location[i]]);
            }
            near[cluster] = finder.find();
        }
    });
    return near;
}

} // namespace icmap::describe
