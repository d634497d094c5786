#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace icmap::demo {

inline constexpr std::uint64_t kLeastFirms = 10'000;
inline constexpr std::uint64_t kMostFirms = 5'600'000; ///< about the whole live register

struct DemoOptions {
    std::uint64_t firms = 200'000; ///< kLeastFirms to kMostFirms, inclusive
    std::uint64_t seed = 1;
};

/// What was written.
struct DemoSummary {
    std::filesystem::path project_file; ///< for `icmap build`
    std::uint64_t firms = 0;            ///< without the dirty rows
    std::uint64_t dirty_rows = 0;
    std::uint64_t postcodes = 0;
    std::uint64_t planted_clusters = 0;
    std::uint64_t planted_members = 0;
    std::uint64_t projects = 0;
    std::uint64_t participations = 0;
    std::uint64_t patents = 0;
    std::uint64_t deals = 0;
    std::uint64_t accounts = 0;
    std::uint64_t bytes = 0;
    double seconds = 0.0;
};

/// Writes the example project, a synthetic United Kingdom, into `directory`: files in the formats
/// of the real registers, project.toml, and the planted truth under truth/. The same options give
/// the same bytes, whatever the machine and the number of threads. Each file appears complete or
/// not at all, and project.toml comes last, so that a killed run leaves no project that looks
/// whole. Files of an earlier run are replaced.
///
/// \errors usage: firms outside its range; input: the folder cannot be written, the disk is full
///
/// \complexity linear in firms; memory some 40 MB, and 70 bytes a firm (measured: 180 MB at two
/// million), as the firms that do research are kept
[[nodiscard]] Result<DemoSummary> write_example_project(const std::filesystem::path& directory,
                                                        const DemoOptions& options,
                                                        Progress& progress);

} // namespace icmap::demo
