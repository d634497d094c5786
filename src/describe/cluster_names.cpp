#include "describe/cluster_names.hpp"

#include "base/lists.hpp"
#include "base/parallel.hpp"
#include "names/slug.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numbers>
#include <unordered_set>

namespace icmap::describe {
namespace {

Result<NamedPlaces> read_places(store::Connection& connection) {
    NamedPlaces places;
    ICMAP_TRY(connection.read(
        "select name, kind in ('city', 'town'), kind in ('suburb', 'hamlet', 'other'), "
        "importance, x_m, y_m from place order by place_id",
        [&places](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                places.name.emplace_back(chunk.text(0, i));
                places.is_town.push_back(chunk.column<bool>(1)[i] ? 1 : 0);
                places.is_part.push_back(chunk.column<bool>(2)[i] ? 1 : 0);
                places.importance.push_back(chunk.column<double>(3)[i]);
                places.position.push_back({chunk.column<double>(4)[i], chunk.column<double>(5)[i]});
            }
        }));
    return places;
}

/// Counts sites by place, most first; ties by name, then index.
std::vector<PlaceShare> ordered_shares(const std::map<std::int32_t, std::uint64_t>& sites_by_place,
                                       const NamedPlaces& places) {
    std::vector<PlaceShare> shares;
    for (const auto& [place, sites] : sites_by_place) {
        if (place != kNoPlace) {
            shares.push_back({places.name[static_cast<std::size_t>(place)], sites, place});
        }
    }
    std::stable_sort(shares.begin(), shares.end(), [](const PlaceShare& a, const PlaceShare& b) {
        return a.sites > b.sites || (a.sites == b.sites && a.name < b.name);
    });
    return shares;
}

/// The locations that a cluster has a member at, by squares of this side, and the middle of each
/// square.
struct Squares {
    static constexpr double kSideM = 2'000.0;
    Lists<std::uint32_t> locations;
    std::vector<PlaneXY> middle;
};

Squares squares_of(const Locations& locations, const MemberLocations& members) {
    std::vector<std::uint8_t> is_used(locations.plane.size(), 0);
    for (const std::uint32_t location : members.location) {
        is_used[location] = 1;
    }
    Squares squares;
    std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> number;
    std::vector<std::uint32_t> used;
    std::vector<std::uint32_t> square;
    for (std::uint32_t i = 0; i < is_used.size(); ++i) {
        if (is_used[i] == 0) {
            continue;
        }
        const auto index = [](double metres) {
            return static_cast<std::int64_t>(std::floor(metres / Squares::kSideM));
        };
        const std::pair at{index(locations.plane[i].x_m), index(locations.plane[i].y_m)};
        const auto [known, is_new] =
            number.try_emplace(at, static_cast<std::uint32_t>(number.size()));
        if (is_new) {
            squares.middle.push_back({(static_cast<double>(at.first) + 0.5) * Squares::kSideM,
                                      (static_cast<double>(at.second) + 0.5) * Squares::kSideM});
        }
        used.push_back(i);
        square.push_back(known->second);
    }
    squares.locations = lists_of(square, used, squares.middle.size());
    return squares;
}

/// The town of each location that a cluster has a member at; kNoPlace elsewhere.
std::vector<std::int32_t> towns_of(const PlaceFinder& finder, const Locations& locations,
                                   const MemberLocations& members) {
    const Squares squares = squares_of(locations, members);
    const Metres reach{Squares::kSideM * std::numbers::sqrt2 / 2.0};
    std::vector<std::int32_t> towns(locations.plane.size(), kNoPlace);
    parallel_for_each(squares.middle.size(), 16, [&](std::size_t i) {
        const auto near = finder.towns_about(squares.middle[i], reach);
        for (const std::uint32_t location : squares.locations.of(i)) {
            towns[location] = finder.town(locations.plane[location], near);
        }
    });
    return towns;
}

/// The mean position of a cluster's sites.
PlaneXY middle_of(std::size_t cluster, const Locations& locations, const MemberLocations& members) {
    PlaneXY sum{0.0, 0.0};
    double sites = 0.0;
    for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
        const PlaneXY at = locations.plane[members.location[i]];
        sum.x_m += at.x_m * members.sites[i];
        sum.y_m += at.y_m * members.sites[i];
        sites += members.sites[i];
    }
    return {sum.x_m / sites, sum.y_m / sites};
}

/// Local authorities of each cluster.
Result<std::vector<std::vector<PlaceShare>>> authorities_of(store::Connection& connection,
                                                            const ClusterTable& clusters) {
    std::vector<std::vector<PlaceShare>> shares(clusters.size());
    ICMAP_TRY(connection.read(
        "select g.cluster_id, a.name, sum(g.sites)::bigint as sites from describe_ground g "
        "join area a on a.area_id = g.area_id and a.level = 'lower_tier' "
        "group by g.cluster_id, a.name order by g.cluster_id, sites desc, a.name",
        [&](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                shares[clusters.row(chunk.column<std::uint32_t>(0)[i])].push_back(
                    {std::string(chunk.text(1, i)),
                     static_cast<std::uint64_t>(chunk.column<std::int64_t>(2)[i]), kNoPlace});
            }
        }));
    return shares;
}

} // namespace

Result<std::vector<ClusterName>> name_clusters(store::Connection& connection,
                                               const ClusterTable& clusters,
                                               const Locations& locations,
                                               const MemberLocations& members) {
    ICMAP_ASSIGN(const NamedPlaces places, read_places(connection));
    const PlaceFinder finder(places);
    const std::vector<std::int32_t> towns = towns_of(finder, locations, members);
    const auto count = [&](std::size_t cluster, auto&& place_of) {
        std::map<std::int32_t, std::uint64_t> sites;
        for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
            sites[place_of(members.location[i])] += members.sites[i];
        }
        return ordered_shares(sites, places);
    };
    ICMAP_ASSIGN(auto authorities, authorities_of(connection, clusters));
    std::map<std::uint16_t, UniqueNames> taken;
    std::unordered_set<std::string> slugs;
    std::vector<ClusterName> names(clusters.size());
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        names[i].places = count(i, [&towns](std::uint32_t location) { return towns[location]; });
        std::string name = compose_name(names[i].places.empty() ? authorities[i] : names[i].places);
        name = name.empty() ? "Cluster" : name;
        names[i].authorities = std::move(authorities[i]);
        names[i].name = taken[clusters.sector_id[i]].take(name, [&] {
            FinerPlaces finer{count(i,
                                    [&](std::uint32_t location) {
                                        return finder.quarter(locations.plane[location]);
                                    }),
                              "", finder.around(middle_of(i, locations, members))};
            if (!names[i].places.empty()) {
                finer.side =
                    finder.side(names[i].places.front().place, middle_of(i, locations, members));
            }
            return finer;
        });
        const std::string slug = names::slugify(clusters.sector_slug[i] + "-" + names[i].name);
        names[i].slug = slug;
        for (int ordinal = 2; !slugs.insert(names[i].slug).second; ++ordinal) {
            names[i].slug = fmt::format("{}-{}", slug, ordinal);
        }
    }
    return names;
}

} // namespace icmap::describe
