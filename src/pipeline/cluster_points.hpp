#pragma once

#include "base/result.hpp"
#include "pipeline/project.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace icmap::pipeline {

/// Clustering of any file of points: the engine without a project.
struct ClusterPointsOptions {
    std::filesystem::path points; ///< CSV or TSV (also .gz, .zst) or Parquet, with a header
    std::string x_column;
    std::string y_column;
    std::string weight_column; ///< empty: every point counts once
    std::string method = "dbscan";
    double eps_m = 1000.0; ///< (0, kLargestEpsM]
    std::uint32_t min_points = 10;
    std::filesystem::path output; ///< CSV with the columns label (-1 noise) and is_core
    int threads = 0;
};

struct ClusterPointsReport {
    std::uint64_t points = 0;
    std::uint64_t clusters = 0;
    std::uint64_t noise = 0;
    std::uint64_t core_points = 0;
    double seconds = 0.0; ///< of the clustering itself, without reading and writing
    std::uint64_t peak_bytes = 0;
};

/// Writes one label per input row, in input order.
/// \errors input: missing file or column (the nearest is named), a value that is no finite number
///         or no whole weight (row, column and value are named), an option out of range,
///         coordinates that can only be degrees
[[nodiscard]] Result<ClusterPointsReport> cluster_points(const ClusterPointsOptions& options);

} // namespace icmap::pipeline
