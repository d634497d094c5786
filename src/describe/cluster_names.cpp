#include "describe/cluster_names.hpp"

#include "base/lists.hpp"
#include "base/parallel.hpp"
#include "names/slug.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numbers>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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

/// Counts the sites of one cluster after another by place.
class PlaceCounter {
  public:
    explicit PlaceCounter(const NamedPlaces& places)
        : places_(places), sites_(places.name.size(), 0) {}

    void add(std::int32_t place, std::uint32_t sites) {
        if (place == kNoPlace) {
            return;
        }
        std::uint64_t& counted = sites_[static_cast<std::size_t>(place)];
        if (counted == 0) {
            touched_.push_back(place);
        }
        counted += sites;
    }
    /// Most sites first; ties by name, then index. Nothing is left.
    std::vector<PlaceShare> take() {
        std::vector<PlaceShare> shares;
        std::sort(touched_.begin(), touched_.end());
        for (const std::int32_t place : touched_) {
            const auto index = static_cast<std::size_t>(place);
            shares.push_back({places_.name[index], std::exchange(sites_[index], 0U), place});
        }
        touched_.clear();
        std::stable_sort(shares.begin(), shares.end(),
                         [](const PlaceShare& a, const PlaceShare& b) {
                             return a.sites > b.sites || (a.sites == b.sites && a.name < b.name);
                         });
        return shares;
    }

  private:
    const NamedPlaces& places_;
    std::vector<std::uint64_t> sites_;
    std::vector<std::int32_t> touched_;
};

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
    std::unordered_map<std::uint64_t, std::uint32_t> number;
    std::vector<std::uint32_t> used;
    std::vector<std::uint32_t> square;
    for (std::uint32_t i = 0; i < is_used.size(); ++i) {
        if (is_used[i] == 0) {
            continue;
        }
        const auto index = [](double metres) {
            return static_cast<std::int32_t>(std::floor(metres / Squares::kSideM));
        };
        const std::int32_t x = index(locations.plane[i].x_m);
        const std::int32_t y = index(locations.plane[i].y_m);
        const auto key =
            std::uint64_t{static_cast<std::uint32_t>(x)} << 32U | static_cast<std::uint32_t>(y);
        const auto [known, is_new] =
            number.try_emplace(key, static_cast<std::uint32_t>(number.size()));
        if (is_new) {
            squares.middle.push_back({(x + 0.5) * Squares::kSideM, (y + 0.5) * Squares::kSideM});
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

/// Names by area_id; empty where the area is no local authority.
Result<std::vector<std::string>> read_authorities(store::Connection& connection) {
    std::vector<std::string> names;
    ICMAP_TRY(connection.read("select area_id, name from area where level = 'lower_tier'",
                              [&names](const store::Chunk& chunk) {
                                  for (std::size_t i = 0; i < chunk.size(); ++i) {
                                      const std::size_t id = chunk.column<std::uint32_t>(0)[i];
                                      names.resize(std::max(names.size(), id + 1));
                                      names[id] = chunk.text(1, i);
                                  }
                              }));
    return names;
}

/// Local authorities of one cluster, those of one name as one: most sites first, then by name.
std::vector<PlaceShare> authorities_of(const AreaSites& areas,
                                       std::span<const std::string> authorities) {
    std::map<std::string_view, std::uint64_t> sites;
    for (const auto& [area, count] : areas) {
        if (area < authorities.size() && !authorities[area].empty()) {
            sites[authorities[area]] += count;
        }
    }
    std::vector<PlaceShare> shares;
    for (const auto& [name, count] : sites) {
        shares.push_back({std::string(name), count, kNoPlace});
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const PlaceShare& a, const PlaceShare& b) { return a.sites > b.sites; });
    return shares;
}

/// Finds what clusters may be called.
class Namer {
  public:
    Namer(const NamedPlaces& places, const Whereabouts& where)
        : finder_(places), where_(where),
          towns_(towns_of(finder_, where.locations, where.members)) {}

    [[nodiscard]] std::vector<PlaceShare> towns(std::size_t cluster, PlaceCounter& counter) const {
        return count(cluster, counter, [this](std::uint32_t location) { return towns_[location]; });
    }
    [[nodiscard]] FinerPlaces finer(std::size_t cluster, const ClusterName& name,
                                    PlaceCounter& counter) const {
        const PlaneXY middle = middle_of(cluster);
        FinerPlaces finer{count(cluster, counter,
                                [this](std::uint32_t location) {
                                    return finder_.quarter(where_.locations.plane[location]);
                                }),
                          "", finder_.around(middle)};
        if (!name.places.empty()) {
            finer.side = finder_.side(name.places.front().place, middle);
        }
        return finer;
    }

  private:
    template <class PlaceOf>
    [[nodiscard]] std::vector<PlaceShare> count(std::size_t cluster, PlaceCounter& counter,
                                                PlaceOf&& place_of) const {
        const MemberLocations& members = where_.members;
        for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
            counter.add(place_of(members.location[i]), members.sites[i]);
        }
        return counter.take();
    }

    /// The mean position of a cluster's sites.
    [[nodiscard]] PlaneXY middle_of(std::size_t cluster) const {
        const MemberLocations& members = where_.members;
        PlaneXY sum{0.0, 0.0};
        double sites = 0.0;
        for (std::size_t i = members.first[cluster]; i < members.first[cluster + 1]; ++i) {
            const PlaneXY at = where_.locations.plane[members.location[i]];
            sum.x_m += at.x_m * members.sites[i];
            sum.y_m += at.y_m * members.sites[i];
            sites += members.sites[i];
        }
        return {sum.x_m / sites, sum.y_m / sites};
    }

    PlaceFinder finder_;
    const Whereabouts& where_;
    std::vector<std::int32_t> towns_; ///< of each location
};

/// Numbers what is there already.
void make_slugs_unique(std::span<ClusterName> names) {
    std::unordered_set<std::string> slugs;
    for (ClusterName& name : names) {
        const std::string slug = name.slug;
        for (int ordinal = 2; !slugs.insert(name.slug).second; ++ordinal) {
            name.slug = fmt::format("{}-{}", slug, ordinal);
        }
    }
}

} // namespace

Result<std::vector<ClusterName>> name_clusters(store::Connection& connection,
                                               const ClusterTable& clusters,
                                               const Whereabouts& where) {
    ICMAP_ASSIGN(const NamedPlaces places, read_places(connection));
    ICMAP_ASSIGN(const auto authorities, read_authorities(connection));
    const Namer namer(places, where);
    std::vector<ClusterName> names(clusters.size());
    parallel_ranges(names.size(), 64, [&](std::size_t begin, std::size_t end) {
        PlaceCounter counter(places);
        for (std::size_t k = begin; k < end; ++k) {
            const std::size_t i = where.members.by_place[k];
            names[i].places = namer.towns(i, counter);
            names[i].authorities = authorities_of(where.sites_by_area[i], authorities);
            names[i].name =
                compose_name(names[i].places.empty() ? names[i].authorities : names[i].places);
        }
    });
    const Lists<std::uint32_t> of_sector = rows_by_sector(clusters);
    parallel_for_each(of_sector.size(), 1, [&](std::size_t sector) {
        PlaceCounter counter(places);
        UniqueNames taken;
        for (const std::uint32_t i : of_sector.of(sector)) {
            ClusterName& own = names[i];
            own.name = taken.take(own.name.empty() ? "Cluster" : own.name,
                                  [&] { return namer.finer(i, own, counter); });
            own.slug = names::slugify(clusters.sector_slug[i] + "-" + own.name);
        }
    });
    make_slugs_unique(names);
    return names;
}

} // namespace icmap::describe
