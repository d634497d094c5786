#include "ostn15_grid/shift_table.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

namespace icmap::ostn15_grid {

namespace {

constexpr std::size_t kColumns = 701;
constexpr std::size_t kRows = 1251;
constexpr double kCellM = 1000.0;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> file_error(const std::filesystem::path& file, std::string what) {
    Error error;
    error.what = std::move(what);
    error.file = file.string();
    error.remedy = "Install it anew: apt-get install --reinstall libgeo-coordinates-osgb-perl";
    return tl::unexpected(std::move(error));
}

Result<std::vector<std::int32_t>> read_shifts(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    const std::string number = name.substr(name.rfind('_') + 1);
    std::int32_t offset_mm = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), offset_mm);
    if (parsed.ec != std::errc() || parsed.ptr != number.data() + number.size()) {
        return file_error(file, "The name of the file does not end in its offset in millimetres");
    }
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    const std::string bytes = std::move(text).str();
    if (bytes.size() != 2 * kColumns * kRows) {
        return file_error(
            file, fmt::format("The file has {} bytes, not {}", bytes.size(), 2 * kColumns * kRows));
    }
    std::vector<std::int32_t> shifts_mm;
    shifts_mm.reserve(kColumns * kRows);
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        shifts_mm.push_back(offset_mm + static_cast<unsigned char>(bytes[i]) +
                            256 * static_cast<unsigned char>(bytes[i + 1]));
    }
    return shifts_mm;
}

/// Bilinear between the corners of the square whose lower left one is `cell`; u, v in [0, 1].
double between_m(const std::vector<std::int32_t>& mm, std::size_t cell, double u, double v) {
    const double south = mm[cell] + u * (mm[cell + 1] - mm[cell]);
    const double north = mm[cell + kColumns] + u * (mm[cell + kColumns + 1] - mm[cell + kColumns]);
    return (south + v * (north - south)) / 1000.0;
}

} // namespace

Result<ShiftTable> ShiftTable::read(const std::filesystem::path& east_shifts,
                                    const std::filesystem::path& north_shifts) {
    ShiftTable table;
    ICMAP_ASSIGN(table.east_mm_, read_shifts(east_shifts));
    ICMAP_ASSIGN(table.north_mm_, read_shifts(north_shifts));
    return table;
}

PlaneXY ShiftTable::to_osgb36(PlaneXY etrs89) const {
    const double column = etrs89.x_m / kCellM;
    const double row = etrs89.y_m / kCellM;
    if (!(column >= 0.0 && column <= kColumns - 1.0 && row >= 0.0 && row <= kRows - 1.0)) {
        return {kNaN, kNaN};
    }
    // The rectangle's last column and row belong to the squares before them.
    const double west = std::fmin(std::floor(column), kColumns - 2.0);
    const double south = std::fmin(std::floor(row), kRows - 2.0);
    const auto cell = static_cast<std::size_t>(south) * kColumns + static_cast<std::size_t>(west);
    return {etrs89.x_m + between_m(east_mm_, cell, column - west, row - south),
            etrs89.y_m + between_m(north_mm_, cell, column - west, row - south)};
}

PlaneXY ShiftTable::to_etrs89(PlaneXY osgb36) const {
    // The shift changes by at most 25 cm in a kilometre, so that each round gains three digits.
    constexpr int kRounds = 12;
    constexpr double kCloseM = 1e-5;
    PlaneXY guess{osgb36.x_m - 90.0, osgb36.y_m + 75.0};
    for (int round = 0; round < kRounds; ++round) {
        const PlaneXY reached = to_osgb36(guess);
        const double off_x_m = osgb36.x_m - reached.x_m;
        const double off_y_m = osgb36.y_m - reached.y_m;
        guess = {guess.x_m + off_x_m, guess.y_m + off_y_m};
        if (!(std::hypot(off_x_m, off_y_m) >= kCloseM)) {
            break; // close enough, or NaN
        }
    }
    return guess;
}

} // namespace icmap::ostn15_grid
