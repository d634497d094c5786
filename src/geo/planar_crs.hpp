#pragma once

// For the files of geo/ that talk to PROJ; other rooms use projection.hpp.

#include "base/result.hpp"
#include "base/units.hpp"
#include "geo/proj_handles.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace icmap::geo::proj {

/// An input error of the field "crs"; the remedy lists CRSs that serve.
[[nodiscard]] tl::unexpected<Error> crs_error(std::string_view crs, std::string what);

/// The planar part of the CRS asked for, its lengths in metres. Heights and attached shifts are
/// stripped.
/// \errors input: CRS unknown; geographic or otherwise not planar; axes not in metres; the CRS of
///         web maps
[[nodiscard]] Result<Object> planar_crs(PJ_CONTEXT* context, const std::string& name);

/// A CRS in one line: its authority's code, else as it was written.
[[nodiscard]] std::string code_of(const PJ* crs, const std::string& written);

/// Where the CRS is meant to be used, degrees; nothing where PROJ does not know.
[[nodiscard]] std::optional<Box> area_of_use(PJ_CONTEXT* context, const PJ* crs);

} // namespace icmap::geo::proj
