#include "describe/locations.hpp"

#include "base/parallel.hpp"
#include "base/parallel_lists.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace icmap::describe {
namespace {

/// Small enough that putting a strip into order stays in cache.
constexpr std::size_t kSitesInStrip = 256;

struct Standing {
    PlaneXY degrees;
    PlaneXY plane;
    std::uint32_t site = 0;
    std::uint32_t place = 0; ///< its position among those of the strip
};

/// Strips of longitude from west to east, each with its sites.
auto strips_of(const Standings& sites) {
    const auto [west, east] =
        std::minmax_element(sites.degrees.begin(), sites.degrees.end(),
                            [](const PlaneXY& a, const PlaneXY& b) { return a.x_m < b.x_m; });
    const bool is_empty = sites.degrees.empty();
    const double first = is_empty ? 0.0 : west->x_m;
    const double across = is_empty ? 0.0 : east->x_m - first;
    const std::size_t strips = sites.degrees.size() / kSitesInStrip + 1;
    const double scale = across > 0.0 ? static_cast<double>(strips) / across : 0.0;
    // Rounding keeps the order, so that no site lies in a strip before that of one to its west.
    return parallel_lists_of_rows(
        sites.degrees.size(), strips,
        [&](std::size_t row) {
            const double along = (sites.degrees[row].x_m - first) * scale;
            return std::min(static_cast<std::size_t>(along), strips - 1);
        },
        [&](std::size_t row) {
            return Standing{sites.degrees[row], sites.plane[row], sites.site_id[row], 0};
        });
}

/// The distinct positions of a strip: far fewer than its sites, so that these are looked up and
/// those alone put into order.
class StripPlaces {
  public:
    struct Place {
        PlaneXY degrees;
        PlaneXY plane; ///< the least
        std::uint32_t sites = 0;
        std::uint32_t seen = 0; ///< the how manieth in the order of the sites
        bool operator<(const Place& other) const { return degrees < other.degrees; }
    };

    /// In order, with the number of its place in each site.
    [[nodiscard]] static std::vector<Place> of(std::span<Standing> sites) {
        StripPlaces strip(sites.size());
        for (Standing& site : sites) {
            site.place = strip.add(site);
        }
        std::sort(strip.places_.begin(), strip.places_.end());
        std::vector<std::uint32_t> rank(strip.places_.size());
        for (std::uint32_t i = 0; i < rank.size(); ++i) {
            rank[strip.places_[i].seen] = i;
        }
        for (Standing& site : sites) {
            site.place = rank[site.place];
        }
        return std::move(strip.places_);
    }

  private:
    static constexpr std::uint32_t kFree = 0xFFFFFFFF;

    explicit StripPlaces(std::size_t sites) : slots_(std::bit_ceil(2 * sites + 1), kFree) {}

    std::uint32_t add(const Standing& site) {
        std::size_t slot = hash(site.degrees) & (slots_.size() - 1);
        while (slots_[slot] != kFree && places_[slots_[slot]].degrees != site.degrees) {
            slot = (slot + 1) & (slots_.size() - 1);
        }
        if (slots_[slot] == kFree) {
            slots_[slot] = static_cast<std::uint32_t>(places_.size());
            places_.push_back({site.degrees, site.plane, 0, slots_[slot]});
        }
        Place& place = places_[slots_[slot]];
        place.plane = {std::min(place.plane.x_m, site.plane.x_m),
                       std::min(place.plane.y_m, site.plane.y_m)};
        ++place.sites;
        return slots_[slot];
    }

    static std::uint64_t hash(const PlaneXY& degrees) {
        // Adding nought makes the two noughts, which are equal, one.
        const auto bits = [](double value) { return std::bit_cast<std::uint64_t>(value + 0.0); };
        const std::uint64_t mixed =
            bits(degrees.x_m) * 0x9E3779B97F4A7C15U + bits(degrees.y_m) * 0xC2B2AE3D27D4EB4FU;
        return mixed >> 32U;
    }

    std::vector<std::uint32_t> slots_; ///< places by hash, at most half full
    std::vector<Place> places_;
};

} // namespace

Locations number_locations(const Standings& sites, std::span<std::uint32_t> location_of_site) {
    auto strips = strips_of(sites);
    std::vector<std::vector<StripPlaces::Place>> places(strips.size());
    parallel_for_each(strips.size(), 16, [&](std::size_t strip) {
        places[strip] = StripPlaces::of(strips.of(strip));
    });
    std::vector<std::size_t> first(strips.size() + 1, 0);
    for (std::size_t strip = 0; strip < strips.size(); ++strip) {
        first[strip + 1] = first[strip] + places[strip].size();
    }
    Locations found;
    found.degrees.resize(first.back());
    found.plane.resize(first.back());
    found.sites.resize(first.back(), 0);
    parallel_for_each(strips.size(), 16, [&](std::size_t strip) {
        std::size_t next = first[strip];
        for (const StripPlaces::Place& place : places[strip]) {
            found.degrees[next] = place.degrees;
            found.plane[next] = place.plane;
            found.sites[next++] = place.sites;
        }
        for (const Standing& site : std::as_const(strips).of(strip)) {
            location_of_site[site.site] = static_cast<std::uint32_t>(first[strip]) + site.place;
        }
    });
    return found;
}

} // namespace icmap::describe
