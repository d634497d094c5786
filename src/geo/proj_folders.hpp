#pragma once

#include <string>
#include <vector>

namespace icmap::geo {

/// The folders in which PROJ looks for its database and its grid files, in that order: `proj`
/// beside the running program (where the build puts OSTN15), `../share/icmap/proj` as seen from
/// there (where an installation may), then PROJ's own. Folders of the first two kinds only where
/// they exist.
///
/// Found once; any other user of PROJ in this program (GDAL) should be told them, so that one CRS
/// means the same positions everywhere.
[[nodiscard]] const std::vector<std::string>& proj_folders();

} // namespace icmap::geo
