#include "cluster/on_sphere.hpp"

#include "base/parallel.hpp"
#include "cluster/hdbscan_brute_force.hpp"
#include "cluster/hierarchy.hpp"
#include "cluster/sphere.hpp"
#include "cluster/worlds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numbers>

namespace icmap::cluster {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Earth {
    std::vector<double> lon_deg;
    std::vector<double> lat_deg;
    std::vector<std::uint32_t> weight;

    void add(double lon, double lat, std::uint32_t points = 1) {
        lon_deg.push_back(lon);
        lat_deg.push_back(lat);
        weight.push_back(points);
    }
    [[nodiscard]] std::size_t size() const { return lon_deg.size(); }
    [[nodiscard]] GeoPoints points() const { return {lon_deg, lat_deg, weight}; }
};

/// The textbook formula, nothing to do with the one under test.
double haversine_m(const Earth& earth, std::size_t i, std::size_t j) {
    constexpr double kRadians = std::numbers::pi / 180.0;
    const double lat_i = earth.lat_deg[i] * kRadians;
    const double lat_j = earth.lat_deg[j] * kRadians;
    const double by_lat = std::sin((lat_j - lat_i) / 2.0);
    const double by_lon = std::sin((earth.lon_deg[j] - earth.lon_deg[i]) * kRadians / 2.0);
    const double h = by_lat * by_lat + std::cos(lat_i) * std::cos(lat_j) * by_lon * by_lon;
    return 2.0 * kEarthRadius.value * std::asin(std::sqrt(std::min(1.0, h)));
}

/// `dbscan` from its definition over a matrix of who is within the radius.
Labels slow_labels(const Earth& earth, double eps_m, std::uint32_t min_points,
                   const std::vector<std::vector<double>>& distance) {
    const std::size_t n = earth.size();
    Labels labels{std::vector<std::int32_t>(n, -1), std::vector<std::uint8_t>(n, 0), 0};
    for (std::size_t i = 0; i < n; ++i) {
        std::uint64_t weight = 0;
        for (std::size_t j = 0; j < n; ++j) {
            weight += distance[i][j] <= eps_m ? earth.weight[j] : 0U;
        }
        labels.is_core[i] = weight >= min_points ? 1 : 0;
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.is_core[i] == 0 || labels.label[i] >= 0) {
            continue;
        }
        std::vector<std::size_t> open{i};
        labels.label[i] = labels.cluster_count;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            for (std::size_t j = 0; j < n; ++j) {
                if (labels.is_core[j] == 1 && labels.label[j] < 0 && distance[at][j] <= eps_m) {
                    labels.label[j] = labels.cluster_count;
                    open.push_back(j);
                }
            }
        }
        ++labels.cluster_count;
    }
    for (std::size_t i = 0; i < n; ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; labels.is_core[i] == 0 && j < n; ++j) {
            if (labels.is_core[j] == 1 && distance[i][j] <= eps_m && distance[i][j] < nearest) {
                nearest = distance[i][j];
                labels.label[i] = labels.label[j];
            }
        }
    }
    return labels;
}

std::vector<std::vector<double>> haversine_matrix(const Earth& earth) {
    std::vector<std::vector<double>> distance(earth.size(), std::vector<double>(earth.size()));
    for (std::size_t i = 0; i < earth.size(); ++i) {
        for (std::size_t j = 0; j < earth.size(); ++j) {
            distance[i][j] = haversine_m(earth, i, j);
        }
    }
    return distance;
}

/// Squared chords in the arithmetic of the definition.
std::vector<std::vector<double>> chord2_matrix(const Earth& earth) {
    const SpherePoints laid = lay_on_sphere(earth.points()).value();
    std::vector<std::vector<double>> distance(earth.size(), std::vector<double>(earth.size()));
    for (std::size_t i = 0; i < earth.size(); ++i) {
        for (std::size_t j = 0; j < earth.size(); ++j) {
            const double dx = laid.at_m[0][i] - laid.at_m[0][j];
            const double dy = laid.at_m[1][i] - laid.at_m[1][j];
            const double dz = laid.at_m[2][i] - laid.at_m[2][j];
            distance[i][j] = dx * dx + dy * dy + dz * dz;
        }
    }
    return distance;
}

enum class Place : std::uint8_t { britain, antimeridian, north_pole, south_pole, globe, lattice };
constexpr std::uint64_t kPlaces = 6;

/// Points around a spot, about one a radius, some repeated, some weighted.
Earth make_earth(Place place, std::size_t n, double eps_m, std::uint64_t seed) {
    Earth earth;
    worlds::Random random(seed);
    const double degree_m = kHalfRound_m / 180.0;
    const double span_deg = eps_m / degree_m * std::sqrt(static_cast<double>(n + 1));
    for (std::size_t i = 0; i < n; ++i) {
        const double u = random.unit();
        const double v = random.unit();
        const auto weight = static_cast<std::uint32_t>(random.below(4) == 0 ? random.below(6) : 1);
        switch (place) {
        case Place::britain:
            earth.add(std::min(180.0, -3.0 + u * span_deg / 0.6),
                      std::min(90.0, 53.0 + v * span_deg), weight);
            break;
        case Place::antimeridian: {
            const double lon = 180.0 + (u - 0.5) * span_deg;
            earth.add(i % 16 == 0   ? -180.0
                      : lon > 180.0 ? lon - 360.0
                                    : lon,
                      std::min(90.0, -17.0 + v * span_deg), weight);
            break;
        }
        case Place::north_pole:
            earth.add(-180.0 + 360.0 * u,
                      i % 16 == 0 ? 90.0 : std::max(-90.0, 90.0 - v * span_deg / 2.0), weight);
            break;
        case Place::south_pole:
            earth.add(-180.0 + 360.0 * u, std::min(90.0, -90.0 + v * span_deg / 2.0), weight);
            break;
        case Place::globe:
            earth.add(-180.0 + 360.0 * u, std::asin(2.0 * v - 1.0) * 180.0 / std::numbers::pi,
                      weight);
            break;
        case Place::lattice:
            earth.add(static_cast<double>(random.below(72)) * 5.0 - 180.0,
                      static_cast<double>(random.below(37)) * 5.0 - 90.0, weight);
            break;
        }
    }
    return earth;
}

class DbscanOnSphere : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DbscanOnSphere, AgreesWithBruteForceToTheByte) {
    worlds::Random random(GetParam());
    for (std::uint64_t seed = 0; seed < 120; ++seed) {
        // Up to a quarter of the way round the Earth.
        const double eps_m = std::ldexp(random.between(0.5, 1.0), static_cast<int>(seed % 24));
        const auto min_points = static_cast<std::uint32_t>(1 + random.below(8));
        const Earth earth = make_earth(static_cast<Place>(GetParam()),
                                       1 + random.below(seed % 10 == 0 ? 400 : 80), eps_m, seed);
        const Labels labels = dbscan_on_sphere(earth.points(), {Metres{eps_m}, min_points}).value();
        const double chord = chord_m(eps_m);
        const Labels expected = slow_labels(earth, chord * chord, min_points, chord2_matrix(earth));
        ASSERT_EQ(labels.is_core, expected.is_core) << "seed " << seed;
        ASSERT_EQ(labels.label, expected.label) << "seed " << seed;
        ASSERT_EQ(labels.cluster_count, expected.cluster_count) << "seed " << seed;
    }
}

/// Not on the lattice: distances tie there, and formulas round them differently.
class DbscanBesideHaversine : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DbscanBesideHaversine, DecidesTheSame) {
    worlds::Random random(GetParam() + 100);
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const double eps_m = std::ldexp(random.between(0.5, 1.0), static_cast<int>(seed % 24));
        const Earth earth =
            make_earth(static_cast<Place>(GetParam()), 1 + random.below(80), eps_m, seed);
        const Labels labels = dbscan_on_sphere(earth.points(), {Metres{eps_m}, 3}).value();
        const Labels expected = slow_labels(earth, eps_m, 3, haversine_matrix(earth));
        ASSERT_EQ(labels.is_core, expected.is_core) << "seed " << seed;
        ASSERT_EQ(labels.label, expected.label) << "seed " << seed;
    }
}

TEST_P(DbscanOnSphere, IsTheCutOfTheHierarchyOnTheSphere) {
    worlds::Random random(GetParam() + 200);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const double eps_m = std::ldexp(random.between(0.5, 1.0), 8 + static_cast<int>(seed % 12));
        const Earth earth =
            make_earth(static_cast<Place>(GetParam()), 1 + random.below(200), eps_m, seed);
        const SpherePoints laid = lay_on_sphere(earth.points()).value();
        const auto hierarchy = HierarchyIn<3>::of(laid.points(), 4);
        for (const double radius_m : {eps_m / 2.0, eps_m, eps_m * 3.0}) {
            const Labels cut = hierarchy.labels_at(Metres{radius_m}).value();
            const Labels found = dbscan_on_sphere(earth.points(), {Metres{radius_m}, 4}).value();
            ASSERT_EQ(cut.label, found.label) << "seed " << seed;
            ASSERT_EQ(cut.is_core, found.is_core) << "seed " << seed;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(AllPlaces, DbscanOnSphere, testing::Range(std::uint64_t{0}, kPlaces));
INSTANTIATE_TEST_SUITE_P(AllPlaces, DbscanBesideHaversine,
                         testing::Range(std::uint64_t{0}, kPlaces - 1));

TEST(DbscanOnSphereExamples, JoinAcrossTheAntimeridianAndOverThePole) {
    Earth earth;
    earth.add(179.999, 10.0);
    earth.add(-179.999, 10.0); // 219 m further east
    earth.add(0.0, 89.999);
    earth.add(180.0, 89.999); // 222 m on the other side of the pole
    earth.add(77.0, 90.0);
    earth.add(90.0, 0.0);
    const Labels labels = dbscan_on_sphere(earth.points(), {Metres{225.0}, 2}).value();
    EXPECT_THAT(labels.label, ElementsAre(0, 0, 1, 1, 1, -1));
    EXPECT_THAT(dbscan_on_sphere(earth.points(), {Metres{215.0}, 2}).value().label,
                ElementsAre(-1, -1, 0, 0, 0, -1));
}

TEST(DbscanOnSphereExamples, TakeBothSpellingsOfAPlaceAsOne) {
    Earth earth;
    earth.add(-180.0, 40.0);
    earth.add(180.0, 40.0);
    earth.add(12.0, -90.0);
    earth.add(-99.0, -90.0);
    const Labels labels = dbscan_on_sphere(earth.points(), {Metres{1e-3}, 2}).value();
    EXPECT_THAT(labels.label, ElementsAre(0, 0, 1, 1));
}

TEST(DbscanOnSphereExamples, ADegreeOfLongitudeShrinksTowardsThePole) {
    Earth earth;
    for (const double lat : {0.0, 60.0}) {
        earth.add(10.0, lat);
        earth.add(11.0, lat);
    }
    const Labels labels = dbscan_on_sphere(earth.points(), {Metres{56'000.0}, 2}).value();
    EXPECT_THAT(labels.label, ElementsAre(-1, -1, 0, 0));
}

TEST(DbscanOnSphereExamples, ARadiusOfHalfTheWayRoundHoldsAll) {
    const Earth earth = make_earth(Place::globe, 200, 1.0, 1);
    const Labels labels = dbscan_on_sphere(earth.points(), {Metres{2.1e7}, 150}).value();
    EXPECT_EQ(labels.cluster_count, 1);
}

TEST(DbscanOnSphereExamples, GiveTheSameBytesOnOneThreadAndOnSeveral) {
    const Earth earth = make_earth(Place::globe, 100000, 1.0, 3);
    const auto run = [&](int threads) {
        const ThreadLimit limit(threads);
        return dbscan_on_sphere(earth.points(), {Metres{50'000.0}, 4}).value();
    };
    const Labels one = run(1);
    const Labels four = run(4);
    EXPECT_EQ(one.label, four.label);
    EXPECT_EQ(one.is_core, four.is_core);
    EXPECT_GT(one.cluster_count, 1);
}

TEST(DbscanOnSphereExamples, RefuseWhatIsNotOnTheEarth) {
    const auto message = [](double lon, double lat) {
        Earth earth;
        earth.add(1.0, 2.0);
        earth.add(lon, lat);
        return dbscan_on_sphere(earth.points(), {}).error().message();
    };
    EXPECT_THAT(message(180.001, 0.0), HasSubstr("field \"lon_deg\", value \"180.001\""));
    EXPECT_THAT(message(0.0, -90.5), HasSubstr("field \"lat_deg\", value \"-90.5\""));
    EXPECT_THAT(message(std::nan(""), 0.0), HasSubstr("Point 1 is not on the Earth"));
    EXPECT_THAT(message(430000.0, 380000.0), HasSubstr("metres go in as x and y"));
    Earth short_one;
    short_one.add(0.0, 0.0);
    short_one.lat_deg.clear();
    EXPECT_THAT(dbscan_on_sphere(short_one.points(), {}).error().message(),
                HasSubstr("1 longitudes but 0 latitudes"));
    EXPECT_FALSE(dbscan_on_sphere({}, {Metres{-1.0}, 1}).has_value());
    EXPECT_EQ(dbscan_on_sphere({}, {}).value().cluster_count, 0);
}

/// Two towns of 20 points and strays, near a spot.
Earth two_towns(double lon, double lat, double apart_deg) {
    Earth earth;
    worlds::Random random(9);
    for (std::size_t i = 0; i < 40; ++i) {
        earth.add(lon + random.unit() * 0.01,
                  lat + (i < 20 ? 0.0 : apart_deg) + random.unit() * 0.01);
    }
    earth.add(lon + 1.5, lat);
    return earth;
}

TEST(HdbscanOnSphere, FindsWhatTheProjectedPlaneShows) {
    const Earth earth = two_towns(-1.5, 53.4, 0.2);
    const HdbscanLabels found = hdbscan_on_sphere(earth.points(), {5}).value();
    // On so small a ground the plane that touches it serves as well.
    std::vector<double> x;
    std::vector<double> y;
    const double degree_m = kHalfRound_m / 180.0;
    for (std::size_t i = 0; i < earth.size(); ++i) {
        x.push_back(earth.lon_deg[i] * degree_m * std::cos(53.5 * std::numbers::pi / 180.0));
        y.push_back(earth.lat_deg[i] * degree_m);
    }
    const HdbscanLabels plane = hdbscan({x, y, {}}, {5}).value();
    EXPECT_EQ(found.cluster_count, 2);
    EXPECT_EQ(found.label, plane.label);
    for (std::size_t i = 0; i < earth.size(); ++i) {
        EXPECT_NEAR(found.strength[i], plane.strength[i], 0.02);
        EXPECT_NEAR(found.outlier_score[i], plane.outlier_score[i], 0.02);
    }
    EXPECT_NEAR(found.birth_m[0], plane.birth_m[0], 0.02 * plane.birth_m[0]);
}

class HdbscanOnSphereWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(HdbscanOnSphereWorlds, AgreeWithTheDefinitionInEveryValue) {
    worlds::Random random(GetParam() + 500);
    std::int32_t found = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const double eps_m = std::ldexp(random.between(0.5, 1.0), 4 + static_cast<int>(seed % 18));
        Earth earth = make_earth(static_cast<Place>(GetParam()), 1 + random.below(60), eps_m, seed);
        std::fill(earth.weight.begin(), earth.weight.end(), 1U);
        HdbscanOptions options{static_cast<std::uint32_t>(2 + random.below(5)),
                               static_cast<std::uint32_t>(1 + random.below(5))};
        options.selection = seed % 2 == 0 ? HdbscanSelection::eom : HdbscanSelection::leaf;
        options.selection_epsilon = Metres{seed % 3 == 0 ? eps_m : 0.0};
        options.max_extent = Metres{seed % 5 == 0 ? eps_m * 4.0 : 0.0};
        const SpherePoints laid = lay_on_sphere(earth.points()).value();
        std::vector<Position<3>> at_m;
        for (std::size_t i = 0; i < earth.size(); ++i) {
            at_m.push_back(laid.points()[i]);
        }
        const HdbscanLabels labels = hdbscan_on_sphere(earth.points(), options).value();
        ASSERT_EQ(SlowHdbscan<3>(at_m, options).what_is_wrong(labels), std::nullopt)
            << "seed " << seed;
        found += labels.cluster_count;
    }
    EXPECT_GT(found, 100);
}

INSTANTIATE_TEST_SUITE_P(AllPlaces, HdbscanOnSphereWorlds,
                         testing::Range(std::uint64_t{0}, kPlaces));

TEST(HdbscanOnSphere, MeasuresMaxExtentAndEpsilonAlongTheGround) {
    const Earth earth = two_towns(10.0, 0.0, 0.2);
    HdbscanOptions options{5};
    options.selection = HdbscanSelection::leaf;
    options.selection_epsilon = Metres{30'000.0}; // the towns part at some 21 km
    EXPECT_EQ(hdbscan_on_sphere(earth.points(), options).value().cluster_count, 2);
    options.selection_epsilon = Metres{0.0};
    options.max_extent = Metres{100.0};
    const HdbscanLabels narrow = hdbscan_on_sphere(earth.points(), options).value();
    for (const std::int32_t label : narrow.label) {
        EXPECT_EQ(label, -1);
    }
}

TEST(RelativeOnSphere, CountsNeighboursAlongTheGround) {
    const Earth all = make_earth(Place::antimeridian, 300, 5000.0, 4);
    Earth sector;
    for (std::size_t i = 0; i < all.size(); i += 3) {
        sector.add(all.lon_deg[i], all.lat_deg[i]);
    }
    const RelativeLabels found =
        relative_on_sphere(sector.points(), all.points(), Metres{5000.0}, {3, 0.3}).value();
    for (std::size_t i = 0; i < sector.size(); ++i) {
        Earth joint = all;
        joint.add(sector.lon_deg[i], sector.lat_deg[i]);
        std::uint64_t near = 0;
        for (std::size_t j = 0; j < all.size(); ++j) {
            near += haversine_m(joint, all.size(), j) <= 5000.0 ? all.weight[j] : 0U;
        }
        ASSERT_EQ(found.all_near[i], near);
        const bool core = found.p_value[i] <= found.threshold && found.sector_near[i] >= 3;
        ASSERT_EQ(found.labels.is_core[i] == 1, core);
    }
}

} // namespace
} // namespace icmap::cluster
