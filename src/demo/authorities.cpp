#include "demo/authorities.hpp"

#include "demo/national_grid.hpp"
#include "demo/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

namespace icmap::demo {
namespace {

constexpr std::size_t kAuthorities = 330; // the United Kingdom has about 360
constexpr double kApart_m = 11000.0;
constexpr double kApartInLondon_m = 4500.0;
constexpr double kLondonReach_m = 25000.0;
constexpr double kItl3Apart_m = 27000.0;

std::vector<std::uint32_t> choose_towns() {
    const auto& all = settlements();
    const PlaneXY london = all.front().centre;
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < all.size() && chosen.size() < kAuthorities; ++i) {
        const bool in_london = distance2(all[i].centre, london) < kLondonReach_m * kLondonReach_m;
        const double apart_m = in_london ? kApartInLondon_m : kApart_m;
        const bool is_free = std::ranges::none_of(chosen, [&](std::uint32_t j) {
            return distance2(all[i].centre, all[j].centre) < apart_m * apart_m;
        });
        if (is_free) {
            chosen.push_back(i);
        }
    }
    return chosen;
}

struct RegionAnchor {
    std::string code;
    std::string name;
    std::string nation;
    PlaneXY point;
};

std::vector<RegionAnchor> read_regions() {
    std::vector<RegionAnchor> anchors;
    for (const auto& row : parse_csv(authored_text("regions.csv"))) {
        anchors.push_back({row[0], row[1], row[2],
                           to_national_grid({std::strtod(row[4].c_str(), nullptr),
                                             std::strtod(row[3].c_str(), nullptr)})});
    }
    return anchors;
}

std::string_view nation_name(Nation nation) {
    switch (nation) {
    case Nation::scotland:
        return "SCT";
    case Nation::wales:
        return "WLS";
    case Nation::northern_ireland:
        return "NIR";
    case Nation::england:
        break;
    }
    return "ENG";
}

void add_regions(AreaMap& map) {
    const auto anchors = read_regions();
    for (LocalAuthority& authority : map.authorities) {
        const Nation nation = settlements()[authority.town].nation;
        double best2 = std::numeric_limits<double>::infinity();
        for (const RegionAnchor& anchor : anchors) {
            const double d2 = distance2(anchor.point, authority.centre);
            if (anchor.nation == nation_name(nation) && d2 < best2) {
                best2 = d2;
                authority.region_code = anchor.code;
            }
        }
    }
    for (const RegionAnchor& anchor : anchors) {
        if (!map.regions.empty() && map.regions.back().code == anchor.code) {
            continue;
        }
        const std::string parent(1, anchor.code[0]);
        for (const WiderArea& country : map.countries) {
            if (country.code.starts_with(parent)) {
                map.regions.push_back({anchor.code, anchor.name, country.code});
            }
        }
    }
}

void add_combined(AreaMap& map) {
    for (const auto& row : parse_csv(authored_text("combined_authorities.csv"))) {
        const int town = find_settlement(row[2]);
        const double reach_m = 1000.0 * std::strtod(row[3].c_str(), nullptr);
        std::string region;
        for (LocalAuthority& authority : map.authorities) {
            const auto& centre = settlements()[static_cast<std::size_t>(town)].centre;
            if (authority.combined_code.empty() &&
                distance2(authority.centre, centre) < reach_m * reach_m) {
                authority.combined_code = row[0];
                region = region.empty() ? authority.region_code : region;
            }
        }
        map.combined.push_back({row[0], row[1], region});
    }
}

/// Groups neighbouring authorities of a region around its larger towns.
void add_itl3(AreaMap& map) {
    std::vector<std::size_t> heads;
    std::map<std::string, int> count_of_region;
    for (std::size_t i = 0; i < map.authorities.size(); ++i) {
        const LocalAuthority& authority = map.authorities[i];
        const bool is_free = std::ranges::none_of(heads, [&](std::size_t j) {
            return map.authorities[j].region_code == authority.region_code &&
                   distance2(map.authorities[j].centre, authority.centre) <
                       kItl3Apart_m * kItl3Apart_m;
        });
        if (is_free) {
            const auto region =
                std::ranges::find(map.regions, authority.region_code, &WiderArea::code);
            const char letter = static_cast<char>('C' + (region - map.regions.begin()));
            const int number = ++count_of_region[authority.region_code];
            map.itl3.push_back(
                {fmt::format("TL{}9{:02}", letter, number), authority.name, authority.region_code});
            heads.push_back(i);
        }
    }
    for (std::size_t i = 0; i < map.authorities.size(); ++i) {
        LocalAuthority& authority = map.authorities[i];
        double best2 = std::numeric_limits<double>::infinity();
        std::size_t best = 0;
        for (std::size_t h = 0; h < heads.size(); ++h) {
            const LocalAuthority& head = map.authorities[heads[h]];
            const double d2 = distance2(head.centre, authority.centre);
            if (head.region_code == authority.region_code && d2 < best2) {
                best2 = d2;
                best = h;
            }
        }
        authority.itl3_code = map.itl3[best].code;
        if (heads[best] != i && map.itl3[best].name.find(" and ") == std::string::npos) {
            map.itl3[best].name += " and " + authority.name;
        }
    }
}

AreaMap make_area_map() {
    AreaMap map;
    map.countries = {{"E92000001", "England", ""},
                     {"N92000002", "Northern Ireland", ""},
                     {"S92000003", "Scotland", ""},
                     {"W92000004", "Wales", ""}};
    int number = 0;
    for (const std::uint32_t town : choose_towns()) {
        const Settlement& place = settlements()[town];
        constexpr std::string_view kPrefix[] = {"E06", "S12", "W06", "N09"};
        LocalAuthority authority;
        authority.code =
            fmt::format("{}900{:03}", kPrefix[static_cast<int>(place.nation)], ++number);
        authority.name = place.name;
        authority.town = town;
        authority.centre = place.centre;
        map.authorities.push_back(std::move(authority));
    }
    add_regions(map);
    add_combined(map);
    add_itl3(map);
    return map;
}

} // namespace

const AreaMap& area_map() {
    static const AreaMap kMap = make_area_map();
    return kMap;
}

std::uint32_t authority_at(PlaneXY point) {
    const auto& authorities = area_map().authorities;
    std::uint32_t best = 0;
    double best2 = std::numeric_limits<double>::infinity();
    for (std::uint32_t i = 0; i < authorities.size(); ++i) {
        const double d2 = distance2(authorities[i].centre, point);
        if (d2 < best2) {
            best2 = d2;
            best = i;
        }
    }
    return best;
}

std::string_view country_code(Nation nation) {
    constexpr std::string_view kCodes[] = {"E92000001", "S92000003", "W92000004", "N92000002"};
    return kCodes[static_cast<int>(nation)];
}

} // namespace icmap::demo
