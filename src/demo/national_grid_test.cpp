#include "demo/national_grid.hpp"

#include <gtest/gtest.h>

namespace icmap::demo {
namespace {

// Reference values by PROJ with OSTN15: cs2cs EPSG:4326 EPSG:27700 (and EPSG:29903).
TEST(NationalGrid, IsWithinFiveMetresOfOstn15) {
    const PlaneXY sheffield = to_national_grid({-1.4659, 53.38297});
    EXPECT_NEAR(sheffield.x_m, 435623.98, 5.0);
    EXPECT_NEAR(sheffield.y_m, 387479.74, 5.0);
    const PlaneXY norwich = to_national_grid({1.3, 52.63});
    EXPECT_NEAR(norwich.x_m, 623424.05, 5.0);
    EXPECT_NEAR(norwich.y_m, 308695.52, 5.0);
    const PlaneXY stornoway = to_national_grid({-6.39, 58.21});
    EXPECT_NEAR(stornoway.x_m, 142235.66, 5.0);
    EXPECT_NEAR(stornoway.y_m, 932983.48, 5.0);
}

TEST(NationalGrid, GivesNorthernIrelandInTheIrishGrid) {
    const PlaneXY belfast = to_irish_grid({-5.92541, 54.59682});
    EXPECT_NEAR(belfast.x_m, 334132.99, 5.0);
    EXPECT_NEAR(belfast.y_m, 374043.02, 5.0);
}

TEST(NationalGrid, ComesBackToWhereItStarted) {
    for (const LonLat from :
         {LonLat{-6.3, 49.92}, LonLat{1.76, 52.48}, LonLat{-8.1, 54.4}, LonLat{-0.85, 60.84}}) {
        const LonLat back = from_national_grid(to_national_grid(from));
        EXPECT_NEAR(back.lon, from.lon, 1e-6); // 10 cm
        EXPECT_NEAR(back.lat, from.lat, 1e-6);
    }
}

} // namespace
} // namespace icmap::demo
