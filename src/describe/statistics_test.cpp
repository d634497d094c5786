#include "describe/statistics.hpp"

#include "describe/other_statistics.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

// The expected values are those printed in the documentation of the R packages REAT, EconGeo and
// dbmss, or made by running their reference code.

namespace icmap::describe {
namespace {

using Values = std::vector<double>;

TEST(LocationQuotient, AgreesWithReat) {
    EXPECT_NEAR(location_quotient(1714, 79006, 879213, 15593224), 0.3847623, 1e-7);
    EXPECT_TRUE(std::isnan(location_quotient(0, 0, 5, 10)));
}

TEST(LocationQuotient, AgreesWithTheEconGeoMatrix) {
    const std::array<Values, 5> rows{Values{100, 0, 0, 0, 0}, Values{0, 15, 5, 70, 10},
                                     Values{0, 20, 10, 20, 50}, Values{0, 25, 30, 5, 40},
                                     Values{0, 40, 55, 5, 0}};
    const std::array<Values, 5> expected{Values{5, 0, 0, 0, 0}, Values{0, .75, .25, 3.5, .5},
                                         Values{0, 1, .5, 1, 2.5}, Values{0, 1.25, 1.5, .25, 2},
                                         Values{0, 2, 2.75, .25, 0}};
    Values columns(5, 0.0);
    for (const Values& row : rows) {
        for (std::size_t j = 0; j < 5; ++j) {
            columns[j] += row[j];
        }
    }
    const Values hachmans{.2, .3809523810, .5882352941, .6349206349, .4301075269};
    const Values krugmans{1.6, 1, .6, .7, 1.1};
    const Values entropies{0, 1.319, 1.761, 1.766, 1.219};
    const Values herfindahls{1, .525, .34, .315, .465};
    for (std::size_t i = 0; i < 5; ++i) {
        for (std::size_t j = 0; j < 5; ++j) {
            EXPECT_NEAR(location_quotient(rows[i][j], 100, columns[j], 500), expected[i][j], 1e-12);
        }
        EXPECT_NEAR(hachman(rows[i], columns), hachmans[i], 1e-10);
        EXPECT_NEAR(krugman(rows[i], columns), krugmans[i], 1e-12);
        EXPECT_NEAR(entropy_bits(rows[i]), entropies[i], 5e-4);
        EXPECT_NEAR(herfindahl(rows[i]), herfindahls[i], 1e-12);
    }
}

TEST(Herfindahl, AgreesWithReat) {
    const Values sizes{20, 50, 20, 10};
    EXPECT_NEAR(herfindahl(sizes), 0.34, 1e-12);
    EXPECT_NEAR(normalised_herfindahl(sizes), 0.12, 1e-12);
    EXPECT_NEAR(equivalent_number(sizes), 2.94, 5e-3);
    EXPECT_NEAR(equivalent_number(Values(7, 3.0)), 7.0, 1e-12);
}

TEST(Gini, OfQuotientsAgreesWithReat) {
    EXPECT_NEAR(gini_of_quotients(Values{500, 500, 1000, 7000, 1000},
                                  Values{20000, 15000, 20000, 40000, 5000}),
                0.4068966, 1e-7);
    EXPECT_NEAR(gini_of_quotients(Values{700, 600, 500, 10000, 40000},
                                  Values{30000, 15000, 10000, 60000, 50000}),
                0.6222222, 1e-7);
}

TEST(Theil, AgreesWithReatAndPysal) {
    EXPECT_NEAR(theil_l(Values{10, 10, 10, 20, 50}), 0.2326302, 1e-7);
    EXPECT_NEAR(theil_t(Values{0, 1}), std::numbers::ln2, 1e-15);
}

TEST(Krugman, AgreesWithReat) {
    EXPECT_NEAR(krugman(Values{20, 10, 70, 0, 0}, Values{0, 0, 0, 60, 40}), 2.0, 1e-12);
}

TEST(Hoover, AgreesWithEconGeo) {
    EXPECT_NEAR(hoover(Values{0, 10, 10, 30, 50}, Values{10, 15, 20, 25, 30}), 0.25, 1e-12);
}

TEST(ClusterIndex, AgreesWithReat) {
    EXPECT_NEAR(cluster_index({1743, 5740, 50, 576, 488, 4621, 35, 53}), 21.87491102, 1e-8);
}

TEST(EllisonGlaeser, AgreesWithReat) {
    const Values plants{200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000};
    const std::vector<std::uint32_t> region{0, 0, 0, 0, 0, 1, 1, 1, 1, 2};
    const auto result = ellison_glaeser(plants, region, Values{500000, 400000, 100000});
    EXPECT_NEAR(result.gamma, 0.05990628, 1e-8);
    EXPECT_NEAR(result.raw, 0.1681632653, 1e-10);
    EXPECT_NEAR(result.herfindahl, 0.2446887755, 1e-10);
    EXPECT_NEAR(result.z, 0.1959001970, 1e-10);
    EXPECT_EQ(result.plants, 10U);
}

constexpr std::array<std::uint8_t, 30> kPlaces{1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0,
                                               0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1};

TEST(Relatedness, AgreesWithEconGeo) {
    const auto at = [](const Values& matrix, std::size_t i, std::size_t j) {
        return matrix[(i - 1) * 5 + (j - 1)];
    };
    const Values cosine = relatedness(kPlaces, 5, Relatedness::cosine);
    EXPECT_NEAR(at(cosine, 1, 2), .4330127019, 1e-10);
    EXPECT_NEAR(at(cosine, 1, 3), .3535533906, 1e-10);
    EXPECT_NEAR(at(cosine, 1, 4), .25, 1e-10);
    EXPECT_NEAR(at(cosine, 2, 3), .2721655270, 1e-10);
    EXPECT_NEAR(at(cosine, 2, 4), .1443375673, 1e-10);
    EXPECT_NEAR(at(cosine, 3, 5), .1924500897, 1e-10);
    EXPECT_NEAR(at(cosine, 5, 4), .4082482905, 1e-10);
    const Values association = relatedness(kPlaces, 5, Relatedness::association);
    EXPECT_NEAR(at(association, 1, 2), 2.125, 1e-10);
    EXPECT_NEAR(at(association, 1, 3), 1.416666667, 1e-9);
    EXPECT_NEAR(at(association, 4, 5), 2.833333333, 1e-9);
    const Values probability = relatedness(kPlaces, 5, Relatedness::probability);
    EXPECT_NEAR(at(probability, 1, 2), 1.6851851852, 1e-10);
    EXPECT_NEAR(at(probability, 1, 3), 1.0620915033, 1e-10);
    EXPECT_NEAR(at(probability, 4, 5), 2.3567251462, 1e-10);
    EXPECT_NEAR(at(relatedness(kPlaces, 5, Relatedness::jaccard), 1, 2), .2727272727, 1e-10);
}

TEST(Relatedness, DensityAgreesWithEconGeo) {
    const Values cosine = relatedness(kPlaces, 5, Relatedness::cosine);
    const Values first{.7588, .8301, .5340, .6469, .3204};
    const Values fourth{.5823, .4903, .4660, .6589, 1.0};
    const Values r1 = relatedness_density(cosine, std::span(kPlaces).subspan(0, 5));
    const Values r4 = relatedness_density(cosine, std::span(kPlaces).subspan(15, 5));
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(r1[i], first[i], 5e-5);
        EXPECT_NEAR(r4[i], fourth[i], 5e-5);
    }
}

TEST(MarconPuech, AgreesWithDbmss) {
    const std::array<PlaneXY, 8> at{PlaneXY{0, 0}, {1, 0}, {1, 1}, {5, 5},
                                    {6, 5},        {5, 6}, {9, 0}, {0, 9}};
    const std::array<double, 8> weight{1, 2, 1, 3, 1, 2, 4, 1};
    const std::array<std::uint8_t, 8> kind{0, 0, 1, 0, 0, 1, 1, 0};
    const WeightedPoints points{at, weight, kind};
    EXPECT_NEAR(marcon_puech_m(points, 0, 0, Metres{1}), 1.508532423, 1e-9);
    EXPECT_NEAR(marcon_puech_m(points, 0, 0, Metres{1.5}), 1.118088737, 1e-9);
    EXPECT_NEAR(marcon_puech_m(points, 0, 0, Metres{8}), 1.121293801, 1e-9);
    EXPECT_NEAR(marcon_puech_m(points, 0, 1, Metres{1}), .5498489426, 1e-9);
    EXPECT_NEAR(marcon_puech_m(points, 0, 1, Metres{1.5}), .8954682779, 1e-9);
    EXPECT_NEAR(marcon_puech_m(points, 0, 1, Metres{8}), .8899755501, 1e-9);
}

TEST(DurantonOverman, AgreesWithDbmss) {
    const std::array<PlaneXY, 5> at{PlaneXY{0, 0}, {1, 0}, {5, 5}, {6, 5}, {0, 9}};
    EXPECT_NEAR(duranton_overman_kd(at, Metres{0}, Metres{.5328316076}), .0514675445, 1e-9);
    EXPECT_NEAR(duranton_overman_kd(at, Metres{1}, Metres{.5328316076}), .149874831, 1e-9);
    EXPECT_NEAR(duranton_overman_kd(at, Metres{5}, Metres{.5328316076}), .004764713, 1e-9);
    EXPECT_NEAR(duranton_overman_kd(at, Metres{10}, Metres{.5328316076}), .0284373804, 1e-9);
}

} // namespace
} // namespace icmap::describe
