#pragma once

#include "base/result.hpp"
#include "base/units.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace icmap::ostn15_grid {

/// OSTN15 as Ordnance Survey defines it: at every whole kilometre of the National Grid's rectangle
/// how far east and north a position moves from ETRS89 to OSGB36, both projected with the National
/// Grid's transverse Mercator (the former on GRS80, the latter on Airy's ellipsoid).
///
/// \source Ordnance Survey (2020), A guide to coordinate systems in Great Britain, v3.6, and the
///         OSTN15 developer pack; bilinear between the four corners of a kilometre square
class ShiftTable {
  public:
    /// Reads 701 x 1251 unsigned 16-bit little-endian millimetres of each, west to east, then south
    /// to north; the number after the last `_` of a file's name, millimetres, is to be added.
    /// \errors input: a file that cannot be read, is of another size, or is not named so
    [[nodiscard]] static Result<ShiftTable> read(const std::filesystem::path& east_shifts,
                                                 const std::filesystem::path& north_shifts);

    /// From ETRS89 metres to OSGB36 metres; NaN outside the rectangle [0, 700 km] x [0, 1250 km].
    [[nodiscard]] PlaneXY to_osgb36(PlaneXY etrs89) const;

    /// The way back, to a hundredth of a millimetre; NaN where it leaves the rectangle.
    [[nodiscard]] PlaneXY to_etrs89(PlaneXY osgb36) const;

  private:
    std::vector<std::int32_t> east_mm_;
    std::vector<std::int32_t> north_mm_;
};

} // namespace icmap::ostn15_grid
