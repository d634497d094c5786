#include "describe/place_names.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace icmap::describe {
namespace {

constexpr Metres kTownRadius{60'000.0};
constexpr Metres kVillageRadius{10'000.0};
constexpr Metres kQuarterRadius{3'000.0};
constexpr double kCentre = 0.25;   // of a place's reach
constexpr double kTelling = 0.1;   // of a cluster's sites: a finer place that it may be called by
constexpr double kTownRatio = 2.0; // a town farther than twice its reach gives way to a village
constexpr double kSignificant = 0.15;         // of a cluster's sites
constexpr std::size_t kMostPlaces = 3;        // in a name, as on the published map
constexpr double kReachPerThousand = 1'100.0; // metres, for a thousand inhabitants

std::vector<std::uint8_t> inverse(std::span<const std::uint8_t> flags) {
    std::vector<std::uint8_t> other(flags.size());
    std::transform(flags.begin(), flags.end(), other.begin(),
                   [](std::uint8_t flag) { return static_cast<std::uint8_t>(flag == 0 ? 1 : 0); });
    return other;
}

/// In metres: places lie a few hundred kilometres apart at most, so that squares are exact enough.
double distance_of(PlaneXY a, PlaneXY b) {
    const double dx = a.x_m - b.x_m;
    const double dy = a.y_m - b.y_m;
    return std::sqrt(dx * dx + dy * dy);
}

} // namespace

PlaceFinder::Layer PlaceFinder::layer(const NamedPlaces& places,
                                      std::span<const std::uint8_t> wanted) {
    std::vector<std::uint32_t> chosen;
    std::vector<PlaneXY> positions;
    for (std::uint32_t i = 0; i < places.name.size(); ++i) {
        if (wanted[i] != 0) {
            chosen.push_back(i);
            positions.push_back(places.position[i]);
        }
    }
    return {std::move(chosen), geo::GridIndex(positions, Metres{5'000.0})};
}

PlaceFinder::PlaceFinder(const NamedPlaces& places)
    : places_(places), towns_(layer(places, places.is_town)),
      settlements_(layer(places, inverse(places.is_part))),
      quarters_(layer(places, inverse(places.is_town))) {
    reach_m_.reserve(places.importance.size());
    for (const double importance : places.importance) {
        const double thousands = std::pow(10.0, 7.0 * importance) / 1000.0;
        reach_m_.push_back(kReachPerThousand * std::cbrt(thousands));
    }
}

double PlaceFinder::ratio_of(std::uint32_t place, PlaneXY position) const {
    const PlaneXY there = places_.position[place];
    return distance_of(there, position) / reach_m_[place];
}

PlaceFinder::Found PlaceFinder::best(const Layer& layer, PlaneXY position, Metres radius) const {
    thread_local std::vector<std::uint32_t> near;
    layer.index.within(position, radius, near);
    Found found;
    for (const std::uint32_t at : near) {
        const std::uint32_t place = layer.place[at];
        const double ratio = ratio_of(place, position);
        if (found.place == kNoPlace || ratio < found.ratio) {
            found = {static_cast<std::int32_t>(place), ratio};
        }
    }
    return found;
}

std::int32_t PlaceFinder::town(PlaneXY position) const {
    return town_or_village(best(towns_, position, kTownRadius), position);
}

std::int32_t PlaceFinder::town_or_village(const Found& town, PlaneXY position) const {
    if (town.place != kNoPlace && town.ratio <= kTownRatio) {
        return town.place;
    }
    const Found village = best(settlements_, position, kVillageRadius);
    if (village.place != kNoPlace && (town.place == kNoPlace || village.ratio < town.ratio)) {
        return village.place;
    }
    return town.place;
}

std::vector<std::uint32_t> PlaceFinder::towns_about(PlaneXY middle, Metres reach) const {
    // A hair more than the reach, so that rounding leaves nothing out.
    const double spread = reach.value * (1.0 + 1e-9) + 1e-6;
    std::vector<std::uint32_t> near;
    towns_.index.within(middle, Metres{kTownRadius.value + spread}, near);
    const auto distance = [&](std::uint32_t at) {
        const PlaneXY there = places_.position[towns_.place[at]];
        return distance_of(there, middle);
    };
    // Of a town within the radius of every position, the ratio is nowhere above this.
    double most = std::numeric_limits<double>::infinity();
    for (const std::uint32_t at : near) {
        if (const double d = distance(at); d + spread <= kTownRadius.value) {
            most = std::min(most, (d + spread) / reach_m_[towns_.place[at]]);
        }
    }
    std::vector<std::uint32_t> towns;
    for (const std::uint32_t at : near) {
        if ((distance(at) - spread) / reach_m_[towns_.place[at]] <= most) {
            towns.push_back(towns_.place[at]);
        }
    }
    return towns;
}

std::int32_t PlaceFinder::town(PlaneXY position, std::span<const std::uint32_t> towns) const {
    Found found;
    for (const std::uint32_t place : towns) {
        const double dx = places_.position[place].x_m - position.x_m;
        const double dy = places_.position[place].y_m - position.y_m;
        if (dx * dx + dy * dy > kTownRadius.value * kTownRadius.value) {
            continue;
        }
        const double ratio = ratio_of(place, position);
        if (found.place == kNoPlace || ratio < found.ratio) {
            found = {static_cast<std::int32_t>(place), ratio};
        }
    }
    return town_or_village(found, position);
}

std::int32_t PlaceFinder::quarter(PlaneXY position) const {
    return best(quarters_, position, kQuarterRadius).place;
}

std::vector<std::string> PlaceFinder::around(PlaneXY position) const {
    std::vector<std::uint32_t> near;
    quarters_.index.within(position, kVillageRadius, near);
    const auto distance = [&](std::uint32_t at) {
        const PlaneXY there = places_.position[quarters_.place[at]];
        return distance_of(there, position);
    };
    std::sort(near.begin(), near.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(distance(a), a) < std::pair(distance(b), b);
    });
    std::vector<std::string> names;
    for (const std::uint32_t at : near) {
        names.push_back(places_.name[quarters_.place[at]]);
    }
    return names;
}

std::string_view PlaceFinder::side(std::int32_t place, PlaneXY position) const {
    constexpr std::array<std::string_view, 8> kSides{"east", "north-east", "north", "north-west",
                                                     "west", "south-west", "south", "south-east"};
    const auto at = static_cast<std::size_t>(place);
    const double dx = position.x_m - places_.position[at].x_m;
    const double dy = position.y_m - places_.position[at].y_m;
    if (std::hypot(dx, dy) <= kCentre * reach_m_[at]) {
        return "centre";
    }
    const double eighths = std::atan2(dy, dx) / (2.0 * std::numbers::pi) * 8.0;
    return kSides[static_cast<std::size_t>(std::lround(eighths) + 8) % 8];
}

std::string joined(std::span<const std::string> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += i + 1 == names.size() ? " and " : ", ";
        }
        text += names[i];
    }
    return text;
}

std::string plain_name(const std::string& name) {
    return name.substr(0, name.find(", "));
}

std::string compose_name(std::span<const PlaceShare> shares) {
    std::uint64_t all = 0;
    for (const PlaceShare& share : shares) {
        all += share.sites;
    }
    std::vector<std::string> names;
    for (const PlaceShare& share : shares) {
        const bool is_significant =
            static_cast<double>(share.sites) >= kSignificant * static_cast<double>(all);
        std::string place = plain_name(share.name);
        const bool is_new = std::find(names.begin(), names.end(), place) == names.end();
        if (is_new && (names.empty() || is_significant) && names.size() < kMostPlaces) {
            names.push_back(std::move(place));
        }
    }
    return joined(names);
}

bool UniqueNames::claim(const std::string& name) {
    const auto at = std::lower_bound(taken_.begin(), taken_.end(), name);
    if (at != taken_.end() && *at == name) {
        return false;
    }
    taken_.insert(at, name);
    return true;
}

std::string UniqueNames::take_another(const std::string& name, const FinerPlaces& finer) {
    std::uint64_t all = 0;
    for (const PlaceShare& share : finer.places) {
        all += share.sites;
    }
    std::vector<std::string> telling;
    std::vector<std::string> others;
    for (const PlaceShare& share : finer.places) {
        std::string place = plain_name(share.name);
        if (name.find(place) == std::string::npos) {
            const bool is_telling =
                static_cast<double>(share.sites) >= kTelling * static_cast<double>(all);
            (is_telling ? telling : others).push_back(std::move(place));
        }
    }
    std::vector<std::string> candidates = telling;
    if (!finer.side.empty()) {
        candidates.push_back(finer.side);
        for (const std::string& place : telling) {
            candidates.push_back(place + ", " + finer.side);
        }
    }
    for (std::size_t i = 0; i < telling.size(); ++i) {
        for (std::size_t j = i + 1; j < telling.size(); ++j) {
            candidates.push_back(telling[i] + " and " + telling[j]);
        }
    }
    candidates.insert(candidates.end(), others.begin(), others.end());
    for (const std::string& place : finer.around) {
        if (const std::string near = plain_name(place); name.find(near) == std::string::npos) {
            candidates.push_back("near " + near);
        }
    }
    for (const std::string& inside : candidates) {
        std::string candidate = name + " (" + inside + ")";
        if (claim(candidate)) {
            return candidate;
        }
    }
    for (std::uint64_t ordinal = 2;; ++ordinal) {
        const std::string candidate = name + " " + std::to_string(ordinal);
        if (claim(candidate)) {
            return candidate;
        }
    }
}

} // namespace icmap::describe
