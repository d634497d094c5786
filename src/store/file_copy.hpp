#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace icmap::store {

/// Copies a file, shared with the first where the file system can, otherwise within the kernel
/// where that will, byte by byte where not; the disk is told to begin with what is copied at once,
/// so that little is left to flush at the end. \errors input: the one cannot be read or the other
/// not written, with the reason
[[nodiscard]] Result<void> copy_whole_file(const std::filesystem::path& from,
                                           const std::filesystem::path& to);

} // namespace icmap::store
