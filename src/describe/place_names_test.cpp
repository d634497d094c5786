#include "describe/place_names.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace icmap::describe {
namespace {

NamedPlaces places() {
    NamedPlaces all;
    const auto add = [&all](const char* name, bool is_town, bool is_part, double importance,
                            double x_m) {
        all.name.emplace_back(name);
        all.is_town.push_back(is_town ? 1 : 0);
        all.is_part.push_back(is_part ? 1 : 0);
        all.importance.push_back(importance);
        all.position.push_back({x_m, 0.0});
    };
    add("City", true, false, 0.82, 0.0);       // reaches 9 km
    add("Town", true, false, 0.68, 12'000.0);  // reaches 4.2 km
    add("Suburb", false, true, 0.40, 2'000.0); // reaches 0.9 km
    add("Village", false, false, 0.35, 40'000.0);
    return all;
}

TEST(PlaceFinder, NamesThePlaceWhoseReachIsLargestAgainstItsDistance) {
    const NamedPlaces all = places();
    const PlaceFinder finder(all);
    EXPECT_EQ(finder.town({7'000.0, 0.0}), 0);
    EXPECT_EQ(finder.town({10'000.0, 0.0}), 1);
    EXPECT_EQ(finder.town({2'000.0, 0.0}), 0); // a part of a city is not its name
    EXPECT_EQ(finder.town({40'100.0, 0.0}), 3);
    EXPECT_EQ(finder.town({900'000.0, 0.0}), kNoPlace);
}

TEST(PlaceFinder, FindsTheQuarterNearBy) {
    const NamedPlaces all = places();
    const PlaceFinder finder(all);
    EXPECT_EQ(finder.quarter({2'500.0, 0.0}), 2);
    EXPECT_EQ(finder.quarter({9'000.0, 0.0}), kNoPlace);
    EXPECT_EQ(finder.around({9'000.0, 0.0}), std::vector<std::string>{"Suburb"});
    EXPECT_TRUE(finder.around({20'000.0, 0.0}).empty());
}

TEST(PlaceFinder, NamesTheSameForManyPositionsOfANeighbourhood) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> along(0.0, 300'000.0);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    NamedPlaces all;
    for (int i = 0; i < 400; ++i) {
        all.name.push_back("Place " + std::to_string(i));
        all.is_town.push_back(i % 3 == 0 ? 1 : 0);
        all.is_part.push_back(i % 3 == 1 ? 1 : 0);
        all.importance.push_back(0.3 + 0.6 * share(random));
        all.position.push_back({along(random), along(random)});
    }
    const PlaceFinder finder(all);
    for (int turn = 0; turn < 200; ++turn) {
        const PlaneXY middle{along(random) * 1.4, along(random)};
        const double reach_m = turn % 2 == 0 ? 1'500.0 : 20'000.0;
        const auto towns = finder.towns_about(middle, Metres{reach_m});
        for (int i = 0; i < 20; ++i) {
            const double angle = 6.28 * share(random);
            const PlaneXY at{middle.x_m + reach_m * share(random) * std::cos(angle),
                             middle.y_m + reach_m * share(random) * std::sin(angle)};
            ASSERT_EQ(finder.town(at, towns), finder.town(at)) << at.x_m << " " << at.y_m;
        }
    }
}

TEST(PlaceFinder, HandlesNoPlacesAtAll) {
    const NamedPlaces none;
    const PlaceFinder finder(none);
    EXPECT_EQ(finder.town({0.0, 0.0}), kNoPlace);
}

TEST(ComposeName, JoinsAtMostThreeSignificantPlaces) {
    EXPECT_EQ(compose_name(std::vector<PlaceShare>{
                  {"Leeds", 50}, {"Bradford", 30}, {"Wakefield", 20}, {"Otley", 18}}),
              "Leeds, Bradford and Wakefield");
    EXPECT_EQ(compose_name(std::vector<PlaceShare>{{"Leeds", 90}, {"Otley", 10}}), "Leeds");
    EXPECT_EQ(compose_name(std::vector<PlaceShare>{{"Newport", 50}, {"Newport", 40}}), "Newport");
    EXPECT_EQ(compose_name({}), "");
    EXPECT_EQ(compose_name(std::vector<PlaceShare>{{"Basford, Stoke-on-Trent", 50},
                                                   {"Stoke-on-Trent", 30},
                                                   {"Newcastle under Lyme", 20}}),
              "Basford, Stoke-on-Trent and Newcastle under Lyme")
        << "what a list adds to tell places apart is no place";
}

TEST(PlaceFinder, TellsTheSideOfTown) {
    const NamedPlaces all = places();
    const PlaceFinder finder(all);
    EXPECT_EQ(finder.side(0, {0.0, 500.0}), "centre");
    EXPECT_EQ(finder.side(0, {0.0, 6'000.0}), "north");
    EXPECT_EQ(finder.side(0, {6'000.0, 6'000.0}), "north-east");
    EXPECT_EQ(finder.side(0, {6'000.0, -100.0}), "east");
    EXPECT_EQ(finder.side(0, {-6'000.0, -100.0}), "west");
    EXPECT_EQ(finder.side(0, {-6'000.0, 100.0}), "west");
    EXPECT_EQ(finder.side(0, {0.0, -6'000.0}), "south");
}

TEST(UniqueNames, AddsAFinerPlaceThenTheSideOfTownThenBothAndANumberLast) {
    UniqueNames names;
    const auto finer = [] {
        return FinerPlaces{{{"Leeds Dock", 9}, {"Headingley", 5}, {"Kirkstall", 1}},
                           "north",
                           {"Leeds", "Otley, Leeds", "Ilkley"}};
    };
    EXPECT_EQ(names.take("Leeds", finer), "Leeds");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Leeds Dock)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Headingley)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (north)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Leeds Dock, north)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Headingley, north)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Leeds Dock and Headingley)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (Kirkstall)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (near Otley)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds (near Ilkley)");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds 2");
    EXPECT_EQ(names.take("Leeds", finer), "Leeds 3");
}

} // namespace
} // namespace icmap::describe
