#include "geo/projection.hpp"

#include "base/parallel.hpp"
#include "geo/proj_folders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

namespace icmap::geo {
namespace {

using testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct TestPoint {
    LonLat place;
    PlaneXY expected;
};

// Ordnance Survey's forty published points, OSTN15_OSGM15_TestInput/TestOutput_ETRStoOSGB:
// Contains OS data (c) Crown copyright and database right 2016.
constexpr std::array<TestPoint, 40> kSurveyPoints{{
    {{-6.29977752, 49.92226394}, {91492.146, 11318.804}},
    {{-5.20304610, 49.96006138}, {170370.718, 11572.405}},
    {{-4.10864564, 50.43885826}, {250359.811, 62016.569}},
    {{-1.29782277, 50.57563665}, {449816.371, 75335.861}},
    {{-1.45051434, 50.93127938}, {438710.920, 114792.250}},
    {{-3.55128349, 51.40078220}, {292184.870, 168003.465}},
    {{1.44454730, 51.37447026}, {639821.835, 169565.858}},
    {{-2.54407618, 51.42754743}, {362269.991, 169978.690}},
    {{-0.11992557, 51.48936565}, {530624.974, 178388.464}},
    {{-4.30852477, 51.85890896}, {241124.584, 220332.641}},
    {{0.89724327, 51.89436637}, {599445.590, 225722.826}},
    {{-2.15458614, 52.25529382}, {389544.190, 261912.153}},
    {{-0.91248957, 52.25160951}, {474335.969, 262047.755}},
    {{0.40153547, 52.75136687}, {562180.547, 319784.995}},
    {{-1.19747656, 52.96219109}, {454002.834, 340834.943}},
    {{-2.64049321, 53.34480280}, {357455.843, 383290.436}},
    {{-4.28918070, 53.41628516}, {247958.971, 393492.909}},
    {{-4.28917793, 53.41630925}, {247959.241, 393495.583}},
    {{-3.04045491, 53.77911026}, {331534.564, 431920.794}},
    {{-1.66379168, 53.80021520}, {422242.186, 433818.701}},
    {{-4.63452168, 54.08666318}, {227778.330, 468847.388}},
    {{-0.07773133, 54.11685144}, {525745.670, 470703.214}},
    {{-4.38849118, 54.32919541}, {244780.636, 495254.887}},
    {{-2.93827741, 54.89542340}, {339921.145, 556034.761}},
    {{-1.61657685, 54.97912274}, {424639.355, 565012.703}},
    {{-4.29649016, 55.85399953}, {256340.925, 664697.269}},
    {{-3.29479219, 55.92478266}, {319188.434, 670947.534}},
    {{-5.82836692, 57.00606696}, {167634.202, 797067.144}},
    {{-2.04856031, 57.13902519}, {397160.491, 805349.736}},
    {{-4.21926399, 57.48625001}, {267056.768, 846176.972}},
    {{-8.57854456, 57.81351838}, {9587.909, 899448.996}},
    {{-7.59255561, 58.21262247}, {71713.132, 938516.404}},
    {{-6.26091456, 58.51560361}, {151968.652, 966483.780}},
    {{-3.72631022, 58.58120461}, {299721.891, 967202.992}},
    {{-3.21454001, 59.03743871}, {330398.323, 1017347.016}},
    {{-4.41757675, 59.09335035}, {261596.778, 1025447.602}},
    {{-5.82799340, 59.09671617}, {180862.461, 1029604.114}},
    {{-1.62516966, 59.53470794}, {421300.525, 1072147.239}},
    {{-1.27486910, 59.85409914}, {440725.073, 1107878.448}},
    {{-2.07382823, 60.13308092}, {395999.668, 1138728.951}},
}};

double distance(PlaneXY a, PlaneXY b) {
    return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

Projection national_grid(const std::string& grid_directory = {}) {
    auto made = Projection::create("EPSG:27700", {{}, grid_directory});
    if (!made) {
        throw std::runtime_error(made.error().message());
    }
    return std::move(*made);
}

/// An NTv2 grid over Britain whose shift is the same everywhere, in seconds, longitude to the west:
/// stands in for OSTN15, under its file name.
void write_constant_grid(const std::filesystem::path& file, float lat_shift, float west_shift) {
    std::ofstream out(file, std::ios::binary);
    const auto record = [&out](const char* name, const auto& value) {
        std::array<char, 16> bytes{};
        std::memcpy(bytes.data(), name, 8);
        std::memcpy(bytes.data() + 8, &value, std::min<std::size_t>(sizeof(value), 8));
        out.write(bytes.data(), bytes.size());
    };
    const std::array<char, 8> blank{' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
    const std::array<char, 8> seconds{'S', 'E', 'C', 'O', 'N', 'D', 'S', ' '};
    const std::array<char, 8> none{'N', 'O', 'N', 'E', ' ', ' ', ' ', ' '};
    record("NUM_OREC", std::int32_t{11});
    record("NUM_SREC", std::int32_t{11});
    record("NUM_FILE", std::int32_t{1});
    record("GS_TYPE ", seconds);
    record("VERSION ", blank);
    record("SYSTEM_F", blank);
    record("SYSTEM_T", blank);
    record("MAJOR_F ", 6377563.396);
    record("MINOR_F ", 6356256.909);
    record("MAJOR_T ", 6378137.0);
    record("MINOR_T ", 6356752.314);
    record("SUB_NAME", blank);
    record("PARENT  ", none);
    record("CREATED ", blank);
    record("UPDATED ", blank);
    record("S_LAT   ", 49.0 * 3600.0);
    record("N_LAT   ", 61.0 * 3600.0);
    record("E_LONG  ", -2.0 * 3600.0);
    record("W_LONG  ", 9.0 * 3600.0);
    record("LAT_INC ", 3600.0);
    record("LONG_INC", 3600.0);
    record("GS_COUNT", std::int32_t{13 * 12});
    const std::array<float, 4> node{lat_shift, west_shift, 0.0F, 0.0F};
    for (int i = 0; i < 13 * 12; ++i) {
        out.write(reinterpret_cast<const char*>(node.data()), sizeof(node));
    }
}

std::filesystem::path grid_folder(const char* name, float lat_shift, float west_shift) {
    const auto folder = std::filesystem::path(testing::TempDir()) / name;
    std::filesystem::create_directories(folder);
    write_constant_grid(folder / "uk_os_OSTN15_NTv2_OSGBtoETRS.tif", lat_shift, west_shift);
    return folder;
}

TEST(Projection, AgreesWithTheOrdnanceSurveysPublishedPoints) {
    const Projection grid = national_grid();
    ASSERT_TRUE(grid.uses_grid()) << grid.accuracy_note();
    for (const TestPoint& point : kSurveyPoints) {
        EXPECT_LT(distance(grid.to_plane(point.place), point.expected), 0.01)
            << point.expected.x_m << ' ' << point.expected.y_m;
        const LonLat back = grid.to_lon_lat(point.expected);
        EXPECT_NEAR(back.lon, point.place.lon, 9e-8); // 9e-8 degrees of latitude are a centimetre
        EXPECT_NEAR(back.lat, point.place.lat, 9e-8);
    }
}

TEST(Projection, BringsPointsBackWhereTheyWere) {
    const Projection grid = national_grid();
    for (const TestPoint& point : kSurveyPoints) {
        const LonLat back = grid.to_lon_lat(grid.to_plane(point.place));
        EXPECT_NEAR(back.lon, point.place.lon, 2e-8); // 2 mm
        EXPECT_NEAR(back.lat, point.place.lat, 2e-8);
    }
}

TEST(Projection, UsesTheSurveysGridFileWhereThereIsOne) {
    const Projection none = national_grid(grid_folder("icmap-grid-zero", 0.0F, 0.0F).string());
    const Projection shifted = national_grid(grid_folder("icmap-grid-shift", 1.0F, 5.0F).string());
    ASSERT_TRUE(none.uses_grid());
    EXPECT_THAT(none.accuracy_note(), HasSubstr("with the grid uk_os_OSTN15_NTv2_OSGBtoETRS.tif"));
    const PlaneXY sheffield{435300.0, 387200.0};
    const LonLat before = none.to_lon_lat(sheffield);
    const LonLat after = shifted.to_lon_lat(sheffield);
    EXPECT_NEAR(after.lat - before.lat, 1.0 / 3600.0, 1e-9);
    EXPECT_NEAR(after.lon - before.lon, -5.0 / 3600.0, 1e-9);
    EXPECT_LT(distance(shifted.to_plane(after), sheffield), 0.001);
}

TEST(Projection, GivesPointsOutsideTheGridFileTheNextBestAnswerAndSaysHowExactThatIs) {
    const Projection grid = national_grid();
    const LonLat paris{2.3522, 48.8566};
    // By EPSG:1314, as PROJ's cs2cs gives it: +proj=tmerc ... +towgs84=446.448,-125.157,542.06,
    // 0.15,0.247,0.842,-20.489
    EXPECT_LT(distance(grid.to_plane(paris), {719307.4615, -106890.1167}), 0.01);
    EXPECT_THAT(grid.accuracy_note(),
                HasSubstr("positions outside that by \"Inverse of OSGB36 to WGS 84 (6) + British "
                          "National Grid\", accuracy 2 m"));
}

TEST(Projection, SaysInItsNoteWhatItUsedAndWhatIsMissing) {
    const Projection grid = national_grid();
    EXPECT_THAT(grid.accuracy_note(), HasSubstr("OSGB36 / British National Grid (EPSG:27700)"));
    EXPECT_THAT(grid.accuracy_note(), HasSubstr("accuracy"));
    EXPECT_THAT(grid.accuracy_note(), HasSubstr("uk_os_OSTN15_NTv2_OSGBtoETRS.tif"));
    EXPECT_THAT(grid.accuracy_note(), HasSubstr("© Crown copyright"));
    EXPECT_EQ(grid.accuracy_m(), 1.0);
}

TEST(Projection, TellsOfABetterGridThatIsNotThere) {
    EXPECT_FALSE(national_grid().lacks_grid());
    const auto utm = Projection::create("EPSG:32630");
    ASSERT_TRUE(utm.has_value());
    EXPECT_FALSE(utm->lacks_grid()); // none is needed
    const auto american =
        Projection::create("EPSG:26717"); // NAD27, whose grid no folder of ours has
    ASSERT_TRUE(american.has_value());
    EXPECT_EQ(american->lacks_grid(), !american->uses_grid());
    EXPECT_THAT(american->accuracy_note(),
                HasSubstr(american->uses_grid() ? "with the grid" : "is not on this machine"));
}

TEST(Projection, FindsTheSurveysGridFileInTheFolderBesideTheProgram) {
    const std::filesystem::path beside =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "proj";
    EXPECT_EQ(proj_folders().front(), beside.string());
    EXPECT_TRUE(std::filesystem::exists(beside / "uk_os_OSTN15_NTv2_OSGBtoETRS.tif"));
    EXPECT_GT(proj_folders().size(), 1U); // PROJ's own follow
}

TEST(Projection, AnswersNaNForAPointWithoutAnImageAndGoesOn) {
    const Projection grid = national_grid();
    const std::array<LonLat, 3> points{{{-1.47, 53.38}, {kNaN, 53.0}, {-1.48, 53.39}}};
    const std::vector<PlaneXY> placed = grid.to_plane(points);
    EXPECT_TRUE(is_placed(placed[0]));
    EXPECT_TRUE(std::isnan(placed[1].x_m) && std::isnan(placed[1].y_m));
    EXPECT_TRUE(is_placed(placed[2]));
    EXPECT_FALSE(is_placed(grid.to_lon_lat({1e12, 1e12})));
}

TEST(Projection, IsTheSameOnOneThreadAndOnMany) {
    const Projection grid = national_grid();
    std::vector<LonLat> points;
    for (int i = 0; i < 50'000; ++i) {
        points.push_back({-6.0 + i * 1.4e-4, 50.0 + (i % 977) * 0.01});
    }
    const std::vector<PlaneXY> many = grid.to_plane(points);
    const ThreadLimit one(1);
    EXPECT_EQ(many, grid.to_plane(points));
}

TEST(Projection, RefusesAnUnknownCrsAndNamesTheRemedy) {
    const auto made = Projection::create("EPSG:999999");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::input);
    EXPECT_EQ(made.error().value, "EPSG:999999");
    EXPECT_THAT(made.error().message(), HasSubstr("not known"));
    EXPECT_THAT(made.error().remedy, HasSubstr("EPSG:27700"));
}

TEST(Projection, RefusesDegreesFeetAndTheWebMapsCrs) {
    EXPECT_THAT(Projection::create("EPSG:4326").error().what, HasSubstr("geographic"));
    EXPECT_THAT(Projection::create("EPSG:2263").error().what, HasSubstr("not in metres"));
    EXPECT_THAT(Projection::create("EPSG:3857").error().what, HasSubstr("stretches"));
    EXPECT_THAT(Projection::create("EPSG:4978").error().what, HasSubstr("not planar"));
    EXPECT_THAT(Projection::create("no such thing").error().what, HasSubstr("not known"));
}

TEST(Projection, TakesThePlanarPartOfACompoundCrs) {
    const auto made = Projection::create("EPSG:7405"); // British National Grid + ODN height
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(made->crs(), "EPSG:27700");
}

TEST(Projection, AutoTakesTheUtmZoneAtTheCentreOfTheData) {
    const auto made = Projection::create("auto", {Box{-1.9, 53.2, -0.9, 53.7}, {}});
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(made->crs(), "EPSG:32630");
    EXPECT_NEAR(made->to_plane(LonLat{-3.0, 53.0}).x_m, 500'000.0, 0.001);
    EXPECT_FALSE(Projection::create("auto"));
    EXPECT_FALSE(Projection::create("auto", {Box{-1.0, 53.0, 400.0, 54.0}, {}}));
}

TEST(Projection, KnowsTheUtmZones) {
    EXPECT_EQ(utm_epsg({-180.0, 10.0}), 32601);
    EXPECT_EQ(utm_epsg({180.0, 10.0}), 32660);
    EXPECT_EQ(utm_epsg({151.2, -33.9}), 32756);
}

TEST(Projection, KnowsWhereItsCrsIsMeantToBeUsed) {
    const auto british = Projection::create("EPSG:27700").value();
    ASSERT_TRUE(british.area_of_use());
    EXPECT_TRUE(british.area_of_use()->contains(-1.47, 53.38));  // Sheffield
    EXPECT_FALSE(british.area_of_use()->contains(53.38, -1.47)); // Sheffield, swapped
    EXPECT_FALSE(british.area_of_use()->contains(-74.0, 40.7));  // New York
}

} // namespace
} // namespace icmap::geo
