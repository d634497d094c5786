#include "describe/locations.hpp"

#include "base/lists.hpp"
#include "base/parallel.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace icmap::describe {
namespace {

/// Small enough that putting a strip into order stays in cache.
constexpr std::size_t kSitesInStrip = 256;

struct Standing {
    PlaneXY degrees;
    PlaneXY plane;
    std::uint32_t site = 0;
    bool operator<(const Standing& other) const {
        return std::tie(degrees.x_m, degrees.y_m, site) <
               std::tie(other.degrees.x_m, other.degrees.y_m, other.site);
    }
};

/// Strips of longitude from west to east, each with its sites.
Lists<Standing> strips_of(const Standings& sites) {
    const auto [west, east] =
        std::minmax_element(sites.degrees.begin(), sites.degrees.end(),
                            [](const PlaneXY& a, const PlaneXY& b) { return a.x_m < b.x_m; });
    const bool is_empty = sites.degrees.empty();
    const double first = is_empty ? 0.0 : west->x_m;
    const double across = is_empty ? 0.0 : east->x_m - first;
    const std::size_t strips = sites.degrees.size() / kSitesInStrip + 1;
    const double scale = across > 0.0 ? static_cast<double>(strips) / across : 0.0;
    // Rounding keeps the order, so that no site lies in a strip before that of one to its west.
    return lists_of_rows(
        sites.degrees.size(), strips,
        [&](std::size_t row) {
            const double along = (sites.degrees[row].x_m - first) * scale;
            return std::min(static_cast<std::size_t>(along), strips - 1);
        },
        [&](std::size_t row) {
            return Standing{sites.degrees[row], sites.plane[row], sites.site_id[row]};
        });
}

bool begins_a_location(std::span<const Standing> sorted, std::size_t i) {
    return i == 0 || sorted[i].degrees != sorted[i - 1].degrees;
}

} // namespace

Locations number_locations(const Standings& sites, std::span<std::uint32_t> location_of_site) {
    Lists<Standing> strips = strips_of(sites);
    std::vector<std::size_t> first(strips.size() + 1, 0);
    parallel_for_each(strips.size(), 16, [&](std::size_t strip) {
        const std::span<Standing> own = strips.of(strip);
        std::sort(own.begin(), own.end());
        for (std::size_t i = 0; i < own.size(); ++i) {
            first[strip + 1] += begins_a_location(own, i) ? 1U : 0U;
        }
    });
    std::partial_sum(first.begin(), first.end(), first.begin());
    Locations found;
    found.degrees.resize(first.back());
    found.plane.resize(first.back());
    found.sites.resize(first.back(), 0);
    parallel_for_each(strips.size(), 16, [&](std::size_t strip) {
        const std::span<const Standing> own = std::as_const(strips).of(strip);
        std::size_t next = first[strip];
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (begins_a_location(own, i)) {
                found.degrees[next] = own[i].degrees;
                found.plane[next++] = own[i].plane;
            }
            PlaneXY& least = found.plane[next - 1];
            least = {std::min(least.x_m, own[i].plane.x_m), std::min(least.y_m, own[i].plane.y_m)};
            ++found.sites[next - 1];
            location_of_site[own[i].site] = static_cast<std::uint32_t>(next - 1);
        }
    });
    return found;
}

} // namespace icmap::describe
