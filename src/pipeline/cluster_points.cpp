#include "pipeline/cluster_points.hpp"

#include "base/nearest.hpp"
#include "base/parallel.hpp"
#include "cluster/dbscan.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <limits>
#include <sys/resource.h>
#include <vector>

namespace icmap::pipeline {
namespace {

Error points_error(const ClusterPointsOptions& options, std::string what, std::string remedy) {
    Error error;
    error.what = std::move(what);
    error.file = options.points.string();
    error.remedy = std::move(remedy);
    return error;
}

struct PointColumns {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<std::uint32_t> weight;
};

std::string table_of(const ClusterPointsOptions& options) {
    const std::string name = options.points.string();
    const std::string file = store::sql_literal(name);
    if (name.ends_with(".parquet")) {
        return fmt::format("read_parquet({})", file);
    }
    const bool is_tsv = name.find(".tsv") != std::string::npos;
    return fmt::format("read_csv({}, header = true, all_varchar = true, delim = {}, quote = '\"', "
                       "strict_mode = false)",
                       file, is_tsv ? "'\\t'" : "','");
}

Result<void> require_column(const ClusterPointsOptions& options,
                            const std::vector<store::ColumnInfo>& columns,
                            const std::string& wanted) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& column) { return column.name == wanted; });
    if (found != columns.end()) {
        return {};
    }
    std::vector<std::string> names;
    for (const store::ColumnInfo& column : columns) {
        names.push_back(column.name);
    }
    const auto nearest = nearest_word(wanted, names);
    return tl::unexpected(
        points_error(options, fmt::format("There is no column \"{}\"", wanted),
                     nearest ? fmt::format("The nearest name is \"{}\"", *nearest)
                             : fmt::format("The columns are {}", fmt::join(names, ", "))));
}

Result<PointColumns> read_points(const ClusterPointsOptions& options) {
    ICMAP_ASSIGN(auto database, store::Database::open(":memory:", {.threads = options.threads}));
    ICMAP_ASSIGN(auto connection, database.connect());
    std::error_code failure;
    if (!std::filesystem::exists(options.points, failure) ||
        std::filesystem::file_size(options.points, failure) == 0) {
        return tl::unexpected(points_error(options,
                                           std::filesystem::exists(options.points, failure)
                                               ? "The file is empty"
                                               : "There is no such file",
                                           "Give a CSV or TSV file with a header, or Parquet"));
    }
    const std::string table = table_of(options);
    auto columns = connection.describe(fmt::format("select * from {}", table));
    if (!columns) {
        return tl::unexpected(points_error(options, columns.error().what,
                                           "Give a CSV or TSV file with a header, or Parquet"));
    }
    ICMAP_TRY(require_column(options, *columns, options.x_column));
    ICMAP_TRY(require_column(options, *columns, options.y_column));
    std::string weight = "1::double";
    if (!options.weight_column.empty()) {
        ICMAP_TRY(require_column(options, *columns, options.weight_column));
        weight = fmt::format("try_cast({} as double)", store::identifier(options.weight_column));
    }
    PointColumns points;
    std::string trouble;
    const auto number = [&](const store::Chunk& chunk, std::size_t column, std::size_t row) {
        return chunk.is_null(column, row) ? std::numeric_limits<double>::quiet_NaN()
                                          : chunk.column<double>(column)[row];
    };
    auto read = connection.read(
        fmt::format("select try_cast({} as double), try_cast({} as double), {} from {}",
                    store::identifier(options.x_column), store::identifier(options.y_column),
                    weight, table),
        [&](const store::Chunk& chunk) {
            for (std::size_t row = 0; row < chunk.size() && trouble.empty(); ++row) {
                const double x = number(chunk, 0, row);
                const double y = number(chunk, 1, row);
                const double w = number(chunk, 2, row);
                if (!std::isfinite(x) || !std::isfinite(y)) {
                    trouble = fmt::format("Row {} has no finite coordinate", points.x.size() + 1);
                } else if (!(w >= 1.0 && w <= 4294967295.0 && w == std::floor(w))) {
                    trouble = fmt::format("Row {} has no whole weight of at least 1 (it is {})",
                                          points.x.size() + 1, w);
                }
                points.x.push_back(x);
                points.y.push_back(y);
                if (!options.weight_column.empty()) {
                    points.weight.push_back(trouble.empty() ? static_cast<std::uint32_t>(w) : 0);
                }
            }
        });
    if (!read) {
        return tl::unexpected(points_error(options, read.error().what,
                                           "Give a CSV or TSV file with a header, or Parquet"));
    }
    if (!trouble.empty()) {
        return tl::unexpected(points_error(options, trouble,
                                           "Mend or leave out the row; rows count from 1 after the "
                                           "header"));
    }
    return points;
}

Result<void> write_labels(const ClusterPointsOptions& options, const cluster::Labels& labels) {
    const std::filesystem::path growing(options.output.string() + ".part");
    std::ofstream stream(growing, std::ios::binary);
    fmt::memory_buffer buffer;
    fmt::format_to(std::back_inserter(buffer), "label,is_core\n");
    for (std::size_t i = 0; i < labels.label.size(); ++i) {
        fmt::format_to(std::back_inserter(buffer), "{},{}\n", labels.label[i], labels.is_core[i]);
        if (buffer.size() > (1U << 20U)) {
            stream.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            buffer.clear();
        }
    }
    stream.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    stream.close();
    std::error_code failure;
    if (stream) {
        std::filesystem::rename(growing, options.output, failure);
    }
    if (!stream || failure) {
        Error error;
        error.what = "The labels cannot be written";
        error.file = options.output.string();
        error.remedy = "Choose an existing folder that you may write to, with free space";
        return tl::unexpected(std::move(error));
    }
    return {};
}

} // namespace

Result<ClusterPointsReport> cluster_points(const ClusterPointsOptions& options) {
    if (options.method != "dbscan") {
        return usage_error(fmt::format("There is no method \"{}\" for points", options.method),
                           "Use dbscan");
    }
    const ThreadLimit threads(options.threads);
    ICMAP_ASSIGN(const PointColumns points, read_points(options));
    const auto start = std::chrono::steady_clock::now();
    ICMAP_ASSIGN(const auto labels, cluster::dbscan({points.x, points.y, points.weight},
                                                    {Metres{options.eps_m}, options.min_points}));
    ClusterPointsReport report;
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ICMAP_TRY(write_labels(options, labels));
    report.points = points.x.size();
    report.clusters = static_cast<std::uint64_t>(labels.cluster_count);
    report.noise =
        static_cast<std::uint64_t>(std::count(labels.label.begin(), labels.label.end(), -1));
    report.core_points = static_cast<std::uint64_t>(
        std::count(labels.is_core.begin(), labels.is_core.end(), std::uint8_t{1}));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    return report;
}

} // namespace icmap::pipeline
