#include "demo/settlements.hpp"

#include "base/embedded.hpp"
#include "demo/land.hpp"
#include "demo/national_grid.hpp"
#include "demo/tables.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace icmap::demo {
namespace {

// A settlement GeoNames gives no population: most are villages just above its threshold of 1,000.
constexpr double kUnknownPopulation = 900.0;
// Urban density of the built-up disk; Great Britain's larger towns have 4,000 to 5,000 per km².
constexpr double kPeoplePerM2 = 4500.0e-6;
// Part of a city's people that stay in it however many of its quarters are listed on their own.
constexpr double kLeastRemainder = 0.3;

Nation nation_of(std::string_view code) {
    if (code == "SCT") {
        return Nation::scotland;
    }
    if (code == "WLS") {
        return Nation::wales;
    }
    return code == "NIR" ? Nation::northern_ireland : Nation::england;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return out;
}

/// Takes the people of quarters listed on their own out of the city around them.
void take_quarters_out(std::vector<Settlement>& all) {
    for (std::size_t i = 0; i < all.size() && all[i].radius_m > 3000.0; ++i) {
        Settlement& city = all[i];
        const double reach2 = city.radius_m * city.radius_m;
        double quarters = 0.0;
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (distance2(all[j].centre, city.centre) < reach2) {
                quarters += all[j].population;
            }
        }
        city.population = std::max(city.population - quarters, kLeastRemainder * city.population);
    }
}

std::vector<Settlement> read_settlements() {
    const auto text = base::find_text(geography::texts(), "settlements.csv");
    assert(text.has_value());
    std::vector<Settlement> all;
    for (const auto& row : parse_csv(text.value_or(std::string_view{}))) {
        Settlement one;
        one.geonames_id = std::strtoull(row[0].c_str(), nullptr, 10);
        one.name = row[1];
        one.upper_name = upper(row[1]);
        one.feature = row[2];
        one.nation = nation_of(row[3]);
        one.listed_population =
            static_cast<std::uint32_t>(std::strtoul(row[4].c_str(), nullptr, 10));
        one.population = one.listed_population > 0 ? one.listed_population : kUnknownPopulation;
        one.position = {std::strtod(row[5].c_str(), nullptr), std::strtod(row[6].c_str(), nullptr)};
        one.centre = uk_land().nearest(to_national_grid(one.position));
        one.radius_m = std::max(600.0, std::sqrt(one.population / kPeoplePerM2 / 3.14159265358979));
        all.push_back(std::move(one));
    }
    take_quarters_out(all);
    return all;
}

} // namespace

const std::vector<Settlement>& settlements() {
    static const std::vector<Settlement> kSettlements = read_settlements();
    return kSettlements;
}

int find_settlement(std::string_view name) {
    const auto& all = settlements();
    const auto found = std::ranges::find(all, name, &Settlement::name);
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
}

} // namespace icmap::demo
