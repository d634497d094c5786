#include "ostn15_grid/shift_table.hpp"

#include "geo/projection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

namespace icmap::ostn15_grid {
namespace {

using testing::HasSubstr;

ShiftTable table() {
    return ShiftTable::read(OSTN15_EAST_SHIFTS, OSTN15_NORTH_SHIFTS).value();
}

/// ETRS89 longitude and latitude in the National Grid's projection, before any shift.
geo::Projection etrs89_plane() {
    return geo::Projection::create("+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
                                   "+y_0=-100000 +ellps=GRS80 +units=m +type=crs")
        .value();
}

double distance_m(PlaneXY a, PlaneXY b) {
    return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

/// Positions all over the island of Great Britain and its waters, the same every time.
std::vector<LonLat> places(std::size_t n) {
    std::mt19937_64 random(15);
    std::uniform_real_distribution<double> lon(-7.5, 1.8);
    std::uniform_real_distribution<double> lat(49.9, 60.8);
    std::vector<LonLat> all(n);
    std::ranges::generate(all, [&] { return LonLat{lon(random), lat(random)}; });
    return all;
}

TEST(ShiftTable, GivesTheSurveysPublishedPosition) {
    // Three of the forty points of the developer pack: Scilly, Sheffield's nearest, Shetland.
    const geo::Projection plane = etrs89_plane();
    for (const auto& [place, expected] : std::initializer_list<std::pair<LonLat, PlaneXY>>{
             {{-6.29977752, 49.92226394}, {91492.146, 11318.804}},
             {{-1.66379168, 53.80021520}, {422242.186, 433818.701}},
             {{-2.07382823, 60.13308092}, {395999.668, 1138728.951}}}) {
        EXPECT_LT(distance_m(table().to_osgb36(plane.to_plane(place)), expected), 0.002);
    }
}

TEST(ShiftTable, ComesBackToAHundredthOfAMillimetre) {
    const ShiftTable shifts = table();
    for (const PlaneXY at :
         {PlaneXY{435300.0, 387200.0}, {1000.0, 900000.5}, {651409.8, 313177.4}}) {
        EXPECT_LT(distance_m(shifts.to_osgb36(shifts.to_etrs89(at)), at), 2e-5);
    }
}

TEST(ShiftTable, HasNoAnswerOutsideItsRectangle) {
    const ShiftTable shifts = table();
    EXPECT_TRUE(geo::is_placed(shifts.to_osgb36({700'000.0, 1'250'000.0})));
    EXPECT_FALSE(geo::is_placed(shifts.to_osgb36({-0.1, 500'000.0})));
    EXPECT_FALSE(geo::is_placed(shifts.to_osgb36({400'000.0, 1'250'000.1})));
    EXPECT_FALSE(geo::is_placed(shifts.to_etrs89({400'000.0, -90'000.0})));
}

TEST(ShiftTable, RefusesAFileOfAnotherSizeOrName) {
    const std::filesystem::path folder(testing::TempDir());
    std::ofstream(folder / "ostn_east_shift_82140") << "short";
    std::ofstream(folder / "ostn_east_shift") << "short";
    const auto short_one = ShiftTable::read(folder / "ostn_east_shift_82140", OSTN15_NORTH_SHIFTS);
    ASSERT_FALSE(short_one);
    EXPECT_THAT(short_one.error().message(), HasSubstr("5 bytes, not 1753902"));
    const auto nameless = ShiftTable::read(folder / "ostn_east_shift", OSTN15_NORTH_SHIFTS);
    ASSERT_FALSE(nameless);
    EXPECT_THAT(nameless.error().message(), HasSubstr("offset in millimetres"));
}

TEST(Grid, LetsTheEngineAnswerAsTheSurveyDefines) {
    const ShiftTable shifts = table();
    const geo::Projection plane = etrs89_plane();
    const geo::Projection engine = geo::Projection::create("EPSG:27700").value();
    ASSERT_TRUE(engine.uses_grid()) << engine.accuracy_note();
    const std::vector<LonLat> positions = places(50'000);
    const std::vector<PlaneXY> unshifted = plane.to_plane(positions);
    std::vector<PlaneXY> expected;
    std::ranges::transform(unshifted, std::back_inserter(expected),
                           [&](PlaneXY at) { return shifts.to_osgb36(at); });
    const std::vector<PlaneXY> there = engine.to_plane(positions);
    const std::vector<PlaneXY> back = plane.to_plane(engine.to_lon_lat(expected));
    std::vector<double> off_there_m;
    std::vector<double> off_back_m;
    for (std::size_t i = 0; i < positions.size(); ++i) {
        off_there_m.push_back(distance_m(there[i], expected[i]));
        off_back_m.push_back(distance_m(back[i], unshifted[i]));
    }
    for (std::vector<double>* off_m : {&off_there_m, &off_back_m}) {
        std::ranges::sort(*off_m);
        EXPECT_LT((*off_m)[49'950], 0.01); // all but one in a thousand
        EXPECT_LT(off_m->back(), 0.20);
    }
}

} // namespace
} // namespace icmap::ostn15_grid
