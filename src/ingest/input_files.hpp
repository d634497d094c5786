#pragma once

#include "base/result.hpp"
#include "ingest/source.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace icmap::ingest {

/// The files that the globs of a source name, sorted, each once.
/// \errors input: a glob names no file (the nearest name in that folder is given)
[[nodiscard]] Result<std::vector<std::filesystem::path>>
find_files(const Source& source, const std::vector<std::string>& globs);

/// A file and what belongs to it: of a Shapefile its .dbf, .prj, .cpg and .shx beside it.
[[nodiscard]] std::vector<std::filesystem::path> with_companions(const std::filesystem::path& file);

} // namespace icmap::ingest
