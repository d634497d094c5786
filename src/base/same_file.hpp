#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <span>

namespace icmap {

/// Refuses to write to `output` where that is one of the files read, by whatever name: another
/// path, a symbolic link or a hard link to it. Names that are empty or of no file are passed over.
/// \errors usage: it is one of them
[[nodiscard]] Result<void> refuse_overwriting(const std::filesystem::path& output,
                                              std::span<const std::filesystem::path> inputs);

} // namespace icmap
