#pragma once

// For the files of geo/ that talk to PROJ; other rooms use projection.hpp.

#include "geo/proj_handles.hpp"

#include <limits>
#include <optional>
#include <string>

namespace icmap::geo::proj {

/// One operation, longitude and easting first, as a pipeline that any context can make again.
struct Operation {
    std::string pipeline;
    std::string name;
    std::string grid; ///< its first grid file, or empty
    double accuracy_m = std::numeric_limits<double>::quiet_NaN();
};

/// PROJ's ways from WGS 84 longitude and latitude to a planar CRS.
struct Operations {
    std::optional<Operation> best;         ///< of those whose grid files are here
    std::optional<Operation> without_grid; ///< the best that reads no grid
    std::optional<Operation> ideal;        ///< the best, wherever its files are
};

[[nodiscard]] Operations operations_to(PJ_CONTEXT* context, const PJ* crs);

/// One sentence: by which operation, how exact, with which grid, what happens outside it, and how
/// to get a better one where there is one. \param crs the CRS's title and code \param ways `best`
/// must be there
[[nodiscard]] std::string accuracy_note(const std::string& crs, const Operations& ways);

} // namespace icmap::geo::proj
