#include "towns.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace icmap::bench {
namespace {

constexpr std::size_t kTowns = 2000;
constexpr double kWidth_m = 700'000.0;
constexpr double kHeight_m = 1'200'000.0;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    double unit() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1p-53; }

  private:
    std::uint64_t state_;
};

struct Town {
    double x_m;
    double y_m;
    double spread_m;
    double share_up_to; ///< of all points, this town's and all before it
};

std::vector<Town> make_list(Random& random) {
    std::vector<Town> towns(kTowns);
    double total = 0.0;
    for (std::size_t i = 0; i < kTowns; ++i) {
        const double share = 1.0 / static_cast<double>(i + 1);
        total += share;
        // The capital spreads 12 km, a town of a hundredth of it 1.2 km and a bit.
        towns[i] = {random.unit() * kWidth_m, random.unit() * kHeight_m,
                    300.0 + 12'000.0 * std::sqrt(share), total};
    }
    for (Town& town : towns) {
        town.share_up_to /= total;
    }
    return towns;
}

void add_place(const std::vector<Town>& towns, Random& random, Towns& places) {
    const double share = random.unit();
    const Town& town = *std::lower_bound(
        towns.begin(), towns.end() - 1, share,
        [](const Town& candidate, double wanted) { return candidate.share_up_to < wanted; });
    // Half of the capital stands in its core, a quarter as wide.
    const bool core = &town == &towns.front() && random.unit() < 0.5;
    const double radius =
        town.spread_m * (core ? 0.25 : 1.0) * std::sqrt(-2.0 * std::log(random.unit()));
    const double angle = 2.0 * std::numbers::pi * random.unit();
    // A tenth of a metre, as coordinates of a register are.
    places.x_m.push_back(std::round((town.x_m + radius * std::cos(angle)) * 10.0) / 10.0);
    places.y_m.push_back(std::round((town.y_m + radius * std::sin(angle)) * 10.0) / 10.0);
}

} // namespace

Towns make_towns(const TownsOptions& options) {
    Random random(options.seed);
    const std::vector<Town> towns = make_list(random);
    const std::size_t n = options.points;
    const std::size_t place_count = options.duplicates ? std::max<std::size_t>(n / 7, 1) : n;
    Towns places;
    for (std::size_t i = 0; i < place_count; ++i) {
        add_place(towns, random, places);
    }
    if (!options.duplicates) {
        return places;
    }
    Towns points;
    points.x_m.reserve(n);
    points.y_m.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
        // This power of an even draw fills the fullest place with some 100,000 of five million.
        const auto place = static_cast<std::size_t>(static_cast<double>(place_count) *
                                                    std::pow(random.unit(), 3.5));
        points.x_m.push_back(places.x_m[place]);
        points.y_m.push_back(places.y_m[place]);
    }
    return points;
}

} // namespace icmap::bench
