#pragma once

#include "base/result.hpp"
#include "base/units.hpp"

#include <cmath>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::geo {

/// What a projection may be told beside its name.
struct ProjectionOptions {
    /// Where the data lie, degrees; needed by the CRS "auto", ignored otherwise.
    std::optional<Box> lon_lat_extent;
    /// A folder searched for PROJ's grid files before `proj_folders()`; empty: none.
    std::string grid_directory;
};

/// Turns longitude and latitude (WGS 84) into metres of one planar CRS, and back.
///
/// One coordinate operation serves all points, so that neighbours stay neighbours: PROJ's best one
/// whose grid files are in `proj_folders()`; for EPSG:27700 that is OSTN15. Points at which that
/// one fails (outside its grid) go through the best operation without a grid. The network is never
/// used.
///
/// Where a point has no image (NaN in, or outside what the projection can carry) the answer is NaN
/// in both coordinates; nothing aborts. Same input, same answer, whatever the thread count.
/// A Projection may be used by several threads at once.
class Projection {
  public:
    /// \param crs "EPSG:27700", any other definition PROJ reads, or "auto": the WGS 84 / UTM zone
    ///        at the centre of `options.lon_lat_extent`
    /// \errors input: CRS unknown; geographic or otherwise not planar; axes not in metres; "auto"
    ///         without a usable extent. Each with its remedy.
    [[nodiscard]] static Result<Projection> create(std::string_view crs,
                                                   const ProjectionOptions& options = {});

    ~Projection();
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;
    Projection(const Projection&) = delete;
    Projection& operator=(const Projection&) = delete;

    /// \returns one position per point, in input order; NaN where there is none
    /// \complexity linear, over all threads
    [[nodiscard]] std::vector<PlaneXY> to_plane(std::span<const LonLat> points) const;
    [[nodiscard]] PlaneXY to_plane(LonLat point) const;

    /// The way back. \returns one position per point, in input order; NaN where there is none
    [[nodiscard]] std::vector<LonLat> to_lon_lat(std::span<const PlaneXY> points) const;
    [[nodiscard]] LonLat to_lon_lat(PlaneXY point) const;

    /// The CRS as a project file names it: "EPSG:27700"; the chosen one where "auto" was asked.
    [[nodiscard]] const std::string& crs() const;
    /// The CRS's own title: "OSGB36 / British National Grid".
    [[nodiscard]] const std::string& title() const;
    /// Where the CRS is meant to be used, degrees; nothing where PROJ does not know.
    [[nodiscard]] const std::optional<Box>& area_of_use() const;
    /// True if the operation in use reads a grid file (for EPSG:27700: OSTN15).
    [[nodiscard]] bool uses_grid() const;
    /// True if a better operation is known whose grid file is not on this machine.
    [[nodiscard]] bool lacks_grid() const;
    /// The published accuracy of the operation in use, metres; NaN where PROJ does not know.
    [[nodiscard]] double accuracy_m() const;
    /// One sentence for the build report: the operation, its accuracy, whether a grid was used, and
    /// how to get a better one where there is one.
    [[nodiscard]] const std::string& accuracy_note() const;

  private:
    struct State;
    explicit Projection(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// True if the projection had an answer.
[[nodiscard]] inline bool is_placed(PlaneXY point) {
    return std::isfinite(point.x_m) && std::isfinite(point.y_m);
}
[[nodiscard]] inline bool is_placed(LonLat point) {
    return std::isfinite(point.lon) && std::isfinite(point.lat);
}

/// The EPSG code of the WGS 84 / UTM zone of a place: 32601–32660 north, 32701–32760 south.
[[nodiscard]] int utm_epsg(LonLat place);

} // namespace icmap::geo
