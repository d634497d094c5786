#include "describe/surroundings.hpp"

#include "base/parallel.hpp"
#include "base/simd.hpp"
#include "geo/grid_index.hpp"
#include "geo/point_rows.hpp"

#include <algorithm>
#include <array>
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

/// Members side by side: one coordinate each.
struct MemberPlaces {
    std::vector<double> x_m, y_m;

    [[nodiscard]] Box bounds() const {
        const auto [min_x, max_x] = std::minmax_element(x_m.begin(), x_m.end());
        const auto [min_y, max_y] = std::minmax_element(y_m.begin(), y_m.end());
        return {*min_x, *min_y, *max_x, *max_y};
    }
};

/// The least square of a distance: lanes of their own, as the least of all does not depend on the
/// order.
ICMAP_SIMD_CLONES
double least_square(std::span<const double> x_m, std::span<const double> y_m, PlaneXY at) {
    constexpr std::size_t kLanes = 16;
    std::array<double, kLanes> least;
    least.fill(std::numeric_limits<double>::infinity());
    const std::size_t whole = x_m.size() - x_m.size() % kLanes;
    for (std::size_t begin = 0; begin < whole; begin += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const double dx = x_m[begin + lane] - at.x_m;
            const double dy = y_m[begin + lane] - at.y_m;
            const double here = dx * dx + dy * dy;
            least[lane] = here < least[lane] ? here : least[lane];
        }
    }
    double least_of_all = *std::min_element(least.begin(), least.end());
    for (std::size_t i = whole; i < x_m.size(); ++i) {
        const double dx = x_m[i] - at.x_m;
        const double dy = y_m[i] - at.y_m;
        least_of_all = std::min(least_of_all, dx * dx + dy * dy);
    }
    return least_of_all;
}

/// Members whose least square is known on its own.
constexpr std::size_t kBlock = 128;

/// Squares tell which members may be nearest, well beyond their rounding; only these are measured.
double distance_to_nearest(const MemberPlaces& members, PlaneXY at, std::vector<double>& squares) {
    const std::span<const double> x_m(members.x_m);
    const std::span<const double> y_m(members.y_m);
    const auto block = [](std::span<const double> of, std::size_t begin) {
        return of.subspan(begin, std::min(kBlock, of.size() - begin));
    };
    squares.clear(); // the least of each block
    for (std::size_t begin = 0; begin < x_m.size(); begin += kBlock) {
        squares.push_back(least_square(block(x_m, begin), block(y_m, begin), at));
    }
    const double limit = *std::min_element(squares.begin(), squares.end()) * kSlack;
    double distance_m = std::numeric_limits<double>::infinity();
    for (std::size_t begin = 0; begin < x_m.size(); begin += kBlock) {
        if (squares[begin / kBlock] > limit) {
            continue;
        }
        for (std::size_t i = begin; i < std::min(begin + kBlock, x_m.size()); ++i) {
            const double dx = x_m[i] - at.x_m;
            const double dy = y_m[i] - at.y_m;
            if (dx * dx + dy * dy <= limit) {
                distance_m = std::min(distance_m, std::hypot(dx, dy));
            }
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
    MemberPlaces members{}; ///< of the cluster that is looked around
    std::vector<std::uint32_t> about{};
    std::vector<double> squares{};

    [[nodiscard]] NearInstitution measured(std::uint32_t asset) {
        return {asset, distance_to_nearest(members, institutions[asset], squares)};
    }
    /// The nearest of all, where none is within reach: by their least distances, until these alone
    /// are farther than what is found.
    [[nodiscard]] std::vector<NearInstitution> nearest(const Box& box) {
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
        if (members.x_m.empty()) {
            return {};
        }
        const Box box = members.bounds();
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

Result<Borders> borders_of(const ClusterTable& clusters) {
    Borders borders(clusters.size());
    std::vector<std::uint8_t> is_read(clusters.size(), 0);
    parallel_for_each(borders.size(), 64, [&](std::size_t i) {
        if (const auto outline = geo::Geometry::from_wkb(clusters.wkb[i])) {
            borders[i] = geo::edges_of(*outline);
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

std::vector<std::uint64_t> sites_inside(const Borders& borders,
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
        geo::PointRows::Walk walk(rows);
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = by_place[k];
            for (const auto& run : walk.inside(borders[i])) {
                inside[i] += before[run.end] - before[run.begin];
            }
        }
    });
    return inside;
}

Result<Lists<std::uint32_t>> find_former_firms(store::Connection& connection,
                                               const Members& members, const Borders& borders,
                                               const RegisterColumns& all) {
    const std::vector<std::uint16_t>& sector_of_cluster = members.clusters.sector_id;
    const std::vector<std::uint32_t>& by_place = members.locations.by_place;
    ICMAP_ASSIGN(const FormerSites former, read_former_sites(connection));
    const geo::PointRows rows(former.degrees, kRowHeightDeg);
    std::vector<std::vector<std::uint32_t>> found(borders.size());
    parallel_ranges(borders.size(), 16, [&](std::size_t begin, std::size_t end) {
        geo::PointRows::Walk walk(rows);
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = by_place[k];
            for (const auto& run : walk.inside(borders[i])) {
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
        firms.first.push_back(firms.end());
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
            finder.members.x_m.clear();
            finder.members.y_m.clear();
            for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
                const PlaneXY at = locations.plane[members.location[i]];
                finder.members.x_m.push_back(at.x_m);
                finder.members.y_m.push_back(at.y_m);
            }
            near[cluster] = finder.find();
        }
    });
    return near;
}

} // namespace icmap::describe
