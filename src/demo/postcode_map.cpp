#include "demo/postcode_map.hpp"

#include "demo/land.hpp"
#include "demo/national_grid.hpp"
#include "demo/random.hpp"
#include "demo/tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

namespace icmap::demo {
namespace {

// People to a postcode sector; the United Kingdom has about 67 million in some 11,000 sectors.
constexpr double kPeoplePerSector = 7000.0;
// Registered firms per head in London are about twice the national figure.
constexpr double kLondonBoost = 1.9;
constexpr double kGoldenAngle = 2.399963229728653;

struct Area {
    std::string code;
    PlaneXY post_town;
    std::vector<PostcodeSector> sectors;
};

std::vector<Area> read_areas() {
    std::vector<Area> areas;
    for (const auto& row : parse_csv(authored_text("postcode_areas.csv"))) {
        areas.push_back({row[0],
                         to_national_grid({std::strtod(row[3].c_str(), nullptr),
                                           std::strtod(row[2].c_str(), nullptr)}),
                         {}});
    }
    std::ranges::sort(areas, {}, &Area::code);
    return areas;
}

/// The area of the nearest post town; Northern Ireland is one area. \returns index into `areas`
std::size_t area_of(const std::vector<Area>& areas, PlaneXY point, Nation nation) {
    std::size_t best = 0;
    double best2 = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const double d2 = distance2(areas[i].post_town, point);
        if ((areas[i].code == "BT") == (nation == Nation::northern_ireland) && d2 < best2) {
            best = i;
            best2 = d2;
        }
    }
    return best;
}

/// Spreads the sectors of one settlement over its disk like the seeds of a sunflower (Vogel 1979),
/// busiest in the middle.
void lay_out(std::uint32_t index, std::vector<Area>& areas) {
    const Settlement& place = settlements()[index];
    const auto count =
        std::max(1, static_cast<int>(std::lround(place.population / kPeoplePerSector)));
    const bool is_london = place.name == "London";
    double weight_sum = 0.0;
    std::vector<PostcodeSector> sectors;
    for (int j = 0; j < count; ++j) {
        const double part = count == 1 ? 0.0 : (j + 0.5) / count;
        const double r_m = place.radius_m * std::sqrt(part);
        PostcodeSector sector;
        sector.settlement = index;
        sector.centre = uk_land().nearest({place.centre.x_m + r_m * std::cos(j * kGoldenAngle),
                                           place.centre.y_m + r_m * std::sin(j * kGoldenAngle)});
        sector.deviation_m = std::max(220.0, 0.5 * place.radius_m / std::sqrt(count));
        sector.weight = 1.0 / (1.0 + 7.0 * part) + (part < 0.02 ? 2.0 : 0.0);
        weight_sum += sector.weight;
        sectors.push_back(std::move(sector));
    }
    for (PostcodeSector& sector : sectors) {
        sector.weight *= place.population / weight_sum * (is_london ? kLondonBoost : 1.0);
        areas[area_of(areas, sector.centre, place.nation)].sectors.push_back(std::move(sector));
    }
}

/// Position along Hilbert's curve on a 4096 × 4096 grid of 500 m cells, so that sectors with
/// neighbouring numbers are neighbours on the ground.
std::uint64_t along_hilbert_curve(PlaneXY point) {
    auto x = static_cast<std::uint32_t>((point.x_m + 100000.0) / 500.0);
    auto y = static_cast<std::uint32_t>((point.y_m + 100000.0) / 500.0);
    std::uint64_t d = 0;
    for (std::uint32_t s = 2048; s > 0; s /= 2) {
        const std::uint32_t rx = (x & s) > 0 ? 1 : 0;
        const std::uint32_t ry = (y & s) > 0 ? 1 : 0;
        d += static_cast<std::uint64_t>(s) * s * ((3 * rx) ^ ry);
        if (ry == 0) {
            if (rx == 1) {
                x = 4095 - (x & 4095U);
                y = 4095 - (y & 4095U);
            }
            std::swap(x, y);
        }
    }
    return d;
}

std::string outcode(const std::string& area, std::size_t district) {
    if (area == "EC" || area == "WC") { // central London's districts end in a letter
        constexpr std::string_view kLetters = "AMNPRVY";
        return area + std::to_string(1 + district / kLetters.size()) +
               kLetters[district % kLetters.size()];
    }
    return area + std::to_string(district + 1);
}

/// Numbers the sectors of an area: ten to a district, district 1 in the post town.
void number_sectors(Area& area) {
    auto& sectors = area.sectors;
    std::ranges::stable_sort(sectors, {}, [](const PostcodeSector& sector) {
        return along_hilbert_curve(sector.centre);
    });
    const auto central = std::ranges::min_element(sectors, {}, [&](const PostcodeSector& sector) {
        return distance2(sector.centre, area.post_town);
    });
    std::rotate(sectors.begin(), central, sectors.end());
    for (std::size_t i = 0; i < sectors.size(); ++i) {
        sectors[i].outcode = outcode(area.code, i / 10);
        sectors[i].digit = static_cast<char>('0' + (i + 1) % 10);
    }
}

std::vector<PostcodeSector> make_sectors() {
    std::vector<Area> areas = read_areas();
    for (std::uint32_t i = 0; i < settlements().size(); ++i) {
        lay_out(i, areas);
    }
    std::vector<PostcodeSector> all;
    for (Area& area : areas) {
        number_sectors(area);
        for (PostcodeSector& sector : area.sectors) {
            sector.seed = scramble(all.size());
            all.push_back(std::move(sector));
        }
    }
    return all;
}

} // namespace

const std::vector<PostcodeSector>& postcode_sectors() {
    static const std::vector<PostcodeSector> kSectors = make_sectors();
    return kSectors;
}

std::string postcode_unit(const PostcodeSector& sector, std::uint32_t ordinal) {
    // Royal Mail leaves C, I, K, M, O and V out of the unit's letters.
    constexpr std::string_view kLetters = "ABDEFGHJLNPQRSTUWXYZ";
    const std::uint64_t mixed =
        (ordinal * 147ULL + sector.seed % 400) % 400; // 147 and 400 are coprime
    std::string unit = sector.outcode;
    unit += ' ';
    unit += sector.digit;
    unit += kLetters[mixed / 20];
    unit += kLetters[mixed % 20];
    return unit;
}

std::vector<std::uint32_t> nearest_sectors(PlaneXY point, Nation nation, std::size_t count) {
    const auto& all = postcode_sectors();
    std::vector<std::pair<double, std::uint32_t>> found;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (settlements()[all[i].settlement].nation == nation) {
            found.emplace_back(distance2(all[i].centre, point), i);
        }
    }
    count = std::min(count, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(count));
    std::vector<std::uint32_t> indices;
    for (std::size_t i = 0; i < count; ++i) {
        indices.push_back(found[i].second);
    }
    return indices;
}

} // namespace icmap::demo
