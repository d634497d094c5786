#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace icmap::pipeline {

/// A file of points and which of its columns to read.
struct PointFile {
    std::filesystem::path path; ///< CSV or TSV (also .gz, .zst) or Parquet, with a header
    std::string x_column;       ///< metres, or longitude where `is_lon_lat`
    std::string y_column;       ///< metres, or latitude
    std::string delimiter;      ///< one character; empty: found from the header
    std::string weight_column;  ///< empty: every point counts once
    bool is_lon_lat = false;    ///< degrees, WGS 84
};

/// One entry per row.
struct PointColumns {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::uint32_t> weight; ///< empty: 1 each
};

/// \errors input: missing file or column (the nearest is named), a value that is no finite number,
///         off the Earth, or no whole weight of at least 1 (row and value are named)
[[nodiscard]] Result<PointColumns> read_points(const PointFile& file, int threads);

} // namespace icmap::pipeline
