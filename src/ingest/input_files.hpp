#pragma once

#include "base/result.hpp"
#include "ingest/byte_stream.hpp"
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

/// Every file that a source is read from, those of its participations and companions too.
/// \errors as `find_files`
[[nodiscard]] Result<std::vector<std::filesystem::path>> input_files(const Source& source);

/// Adds the stored bytes of a file and of its companions to a hash.
/// \errors input: a file cannot be read
[[nodiscard]] Result<void> hash_file(const std::filesystem::path& file, InputHash& hash);

/// The file as the project file names it: relative to the project's folder where the globs are, so
/// that the same project gives the same texts wherever it is built from.
[[nodiscard]] std::string as_written(const Source& source, const std::filesystem::path& file);

} // namespace icmap::ingest
