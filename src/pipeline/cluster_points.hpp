#pragma once

#include "base/result.hpp"
#include "cluster/hdbscan.hpp"
#include "cluster/relative.hpp"
#include "pipeline/point_file.hpp"
#include "pipeline/project.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace icmap::pipeline {

/// Clustering of any file of points: the engine without a project.
struct ClusterPointsOptions {
    PointFile points;
    std::filesystem::path background; ///< relative: the file of all firms, columns as `points`
    ClusterMethod method = ClusterMethod::dbscan;
    Metres eps{1000.0};            ///< dbscan, relative: (0, kLargestEpsM]
    std::uint32_t min_points = 10; ///< dbscan, relative
    cluster::HdbscanOptions hdbscan;
    double max_false_discovery = 0.05; ///< relative
    /// CSV, one line per input row: label (-1 noise), then what the method has to say of the point.
    std::filesystem::path output;
    int threads = 0;
};

struct ClusterPointsReport {
    std::uint64_t points = 0;
    std::uint64_t clusters = 0;
    std::uint64_t noise = 0;
    std::uint64_t core_points = 0; ///< 0 for hdbscan, which knows none
    double seconds = 0.0;          ///< of the clustering itself, without reading and writing
    std::uint64_t peak_bytes = 0;
};

/// Writes one label per input row, in input order: after the label `is_core` (dbscan), `is_core`
/// and `p_value` (relative), or membership `strength` and `outlier_score` (hdbscan). \errors input:
/// missing file or column (the nearest is named), a value that is no finite number
///         or no whole weight (row, column and value are named), an option out of range,
///         coordinates that can only be degrees
[[nodiscard]] Result<ClusterPointsReport> cluster_points(const ClusterPointsOptions& options);

} // namespace icmap::pipeline
