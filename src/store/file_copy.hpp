#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace icmap::store {

/// Copies a file, shared with the first where the file system can, otherwise straight to the disk
/// from where the first lies in memory, within the kernel where that will not do, byte by byte
/// where nothing else does; the disk begins at once, so that little is left to flush at the end.
/// \errors input: the one cannot be read or the other not written, with the reason
[[nodiscard]] Result<void> copy_whole_file(const std::filesystem::path& from,
                                           const std::filesystem::path& to);

} // namespace icmap::store
