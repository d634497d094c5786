// Writes OSTN15 as the grid file that PROJ reads: make_ostn15_grid EAST_SHIFTS NORTH_SHIFTS
// OUTPUT.tif

#include "ostn15_grid/shift_table.hpp"

#include "base/parallel.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <proj.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace icmap::ostn15_grid {
namespace {

// The box of EPSG:7710, the operation that reads the grid.
constexpr double kWestDeg = -9.0;
constexpr double kEastDeg = 2.0;
constexpr double kSouthDeg = 49.75;
constexpr double kNorthDeg = 61.0;
// Some 460 m both ways: half the spacing of the survey's own nodes, so that PROJ's answers, which
// are bilinear between these nodes, stay within a centimetre of the definition, which is between
// those.
constexpr double kLatStepDeg = 15.0 / 3600.0;
constexpr double kLonStepDeg = 25.0 / 3600.0;
constexpr double kArcSeconds = 3600.0;

const std::size_t kColumns =
    static_cast<std::size_t>(std::lround((kEastDeg - kWestDeg) / kLonStepDeg)) + 1;
const std::size_t kRows =
    static_cast<std::size_t>(std::lround((kNorthDeg - kSouthDeg) / kLatStepDeg)) + 1;

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyObject {
    void operator()(PJ* object) const { proj_destroy(object); }
};

/// What one thread computes with; longitude and latitude in degrees.
struct Steps {
    std::unique_ptr<PJ_CONTEXT, DestroyContext> context{proj_context_create()};
    std::unique_ptr<PJ, DestroyObject> airy = made("+ellps=airy");
    std::unique_ptr<PJ, DestroyObject> grs80 = made("+ellps=GRS80");
    /// EPSG:1314, "OSGB36 to WGS 84 (6)": what PROJ does without a grid.
    std::unique_ptr<PJ, DestroyObject> seven_parameters{proj_create(
        context.get(),
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
        "+step +proj=cart +ellps=airy +step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 "
        "+rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 +convention=position_vector +step +inv +proj=cart "
        "+ellps=WGS84 +step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg")};

    /// The National Grid's projection on an ellipsoid.
    std::unique_ptr<PJ, DestroyObject> made(const char* ellipsoid) const {
        const std::string pipeline = fmt::format(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step "
            "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 {}",
            ellipsoid);
        return std::unique_ptr<PJ, DestroyObject>(proj_create(context.get(), pipeline.c_str()));
    }
};

/// Where an OSGB36 position is in ETRS89: by OSTN15, outside its rectangle by the seven parameters.
PJ_COORD to_etrs89(const Steps& steps, const ShiftTable& table, PJ_COORD osgb36) {
    const PJ_COORD plane = proj_trans(steps.airy.get(), PJ_FWD, osgb36);
    const PlaneXY shifted = table.to_etrs89({plane.xy.x, plane.xy.y});
    if (std::isnan(shifted.x_m) || std::isnan(shifted.y_m)) {
        return proj_trans(steps.seven_parameters.get(), PJ_FWD, osgb36);
    }
    return proj_trans(steps.grs80.get(), PJ_INV, proj_coord(shifted.x_m, shifted.y_m, 0.0, 0.0));
}

/// Seconds of arc to add to OSGB36 to get ETRS89; west to east, then north to south.
struct Shifts {
    std::vector<float> latitude;
    std::vector<float> longitude; ///< positive east
};

Shifts shifts_at_nodes(const ShiftTable& table) {
    Shifts shifts{std::vector<float>(kColumns * kRows), std::vector<float>(kColumns * kRows)};
    parallel_ranges(kRows, 64, [&](std::size_t begin, std::size_t end) {
        const Steps steps;
        for (std::size_t row = begin; row < end; ++row) {
            for (std::size_t column = 0; column < kColumns; ++column) {
                const double lon = kWestDeg + static_cast<double>(column) * kLonStepDeg;
                const double lat = kNorthDeg - static_cast<double>(row) * kLatStepDeg;
                const PJ_COORD there = to_etrs89(steps, table, proj_coord(lon, lat, 0.0, 0.0));
                const std::size_t i = row * kColumns + column;
                shifts.latitude[i] = static_cast<float>((there.lp.phi - lat) * kArcSeconds);
                shifts.longitude[i] = static_cast<float>((there.lp.lam - lon) * kArcSeconds);
            }
        }
    });
    return shifts;
}

bool write_band(GDALDataset& file, int number, const char* name, std::vector<float>& values) {
    GDALRasterBand* band = file.GetRasterBand(number);
    band->SetDescription(name);
    band->SetUnitType("arc-second");
    return band->RasterIO(GF_Write, 0, 0, static_cast<int>(kColumns), static_cast<int>(kRows),
                          values.data(), static_cast<int>(kColumns), static_cast<int>(kRows),
                          GDT_Float32, 0, 0) == CE_None;
}

/// \source PROJ's "Geodetic TIFF grids (GTG)", type HORIZONTAL_OFFSET
bool write_grid(Shifts& shifts, const std::string& path) {
    GDALAllRegister();
    // Small plain tiles: PROJ unpacks a whole tile for each position that lies in another than the
    // last.
    char** options = nullptr;
    for (const char* option :
         {"COMPRESS=NONE", "TILED=YES", "INTERLEAVE=BAND", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}) {
        options = CSLAddString(options, option);
    }
    const std::unique_ptr<GDALDataset> file(
        GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
            path.c_str(), static_cast<int>(kColumns), static_cast<int>(kRows), 2, GDT_Float32,
            options));
    CSLDestroy(options);
    if (!file) {
        return false;
    }
    OGRSpatialReference osgb36;
    osgb36.importFromEPSG(4277);
    file->SetSpatialRef(&osgb36);
    std::array<double, 6> corner{kWestDeg - kLonStepDeg / 2,  kLonStepDeg, 0.0,
                                 kNorthDeg + kLatStepDeg / 2, 0.0,         -kLatStepDeg};
    file->SetGeoTransform(corner.data());
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{
             {"AREA_OR_POINT", "Point"},
             {"TYPE", "HORIZONTAL_OFFSET"},
             {"area_of_use", "United Kingdom"},
             {"target_crs_epsg_code", "4258"},
             {"TIFFTAG_IMAGEDESCRIPTION", "OSGB36 (EPSG:4277) to ETRS89 (EPSG:4258): OSTN15"},
             {"TIFFTAG_COPYRIGHT", "(c) Crown copyright, Ordnance Survey and the Ministry of "
                                   "Defence (UK) 2016. All rights reserved. BSD licence"}}) {
        file->SetMetadataItem(key, value);
    }
    file->GetRasterBand(2)->SetMetadataItem("positive_value", "east");
    return write_band(*file, 1, "latitude_offset", shifts.latitude) &&
           write_band(*file, 2, "longitude_offset", shifts.longitude);
}

int make(const char* east, const char* north, const std::filesystem::path& output) {
    const auto table = ShiftTable::read(east, north);
    if (!table) {
        fmt::print(stderr, "{}\n", table.error().message());
        return exit_code(table.error().kind);
    }
    Shifts shifts = shifts_at_nodes(*table);
    // Complete or not there: a build that is interrupted leaves no half a grid under PROJ's name.
    const std::filesystem::path unfinished = output.string() + ".unfinished";
    if (!write_grid(shifts, unfinished.string())) {
        fmt::print(stderr, "{}: the grid cannot be written: {}\n", output.string(),
                   CPLGetLastErrorMsg());
        return 1;
    }
    std::filesystem::rename(unfinished, output);
    return 0;
}

} // namespace
} // namespace icmap::ostn15_grid

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: make_ostn15_grid EAST_SHIFTS NORTH_SHIFTS OUTPUT.tif\n");
        return 2;
    }
    return icmap::ostn15_grid::make(argv[1], argv[2], argv[3]);
}
