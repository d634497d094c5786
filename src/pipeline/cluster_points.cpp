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
#include <optional>
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
    const std::string file = store::file_literal(name);
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

constexpr std::string_view kGoodFile = "Give a CSV or TSV file with a header, or Parquet";

Result<void> require_file(const ClusterPointsOptions& options) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(options.points, failure)) {
        return tl::unexpected(
            points_error(options, "There is no such file", std::string(kGoodFile)));
    }
    if (std::filesystem::file_size(options.points, failure) == 0) {
        return tl::unexpected(points_error(options, "The file is empty", std::string(kGoodFile)));
    }
    return {};
}

Result<void> require_columns(const ClusterPointsOptions& options, store::Connection& connection,
                             const std::string& table) {
    auto columns = connection.describe(fmt::format("select * from {}", table));
    if (!columns) {
        return tl::unexpected(points_error(options, columns.error().what, std::string(kGoodFile)));
    }
    ICMAP_TRY(require_column(options, *columns, options.x_column));
    ICMAP_TRY(require_column(options, *columns, options.y_column));
    return options.weight_column.empty() ? Result<void>()
                                         : require_column(options, *columns, options.weight_column);
}

/// The first row that cannot be used, and the column at fault.
struct RowFault {
    std::size_t row; ///< 0-based
    std::string column;
    std::string what;
};

/// The fault as an error, with the value as the file has it.
Result<Error> row_error(const ClusterPointsOptions& options, store::Connection& connection,
                        const std::string& table, const RowFault& fault) {
    Error error = points_error(options, fmt::format("Row {} {}", fault.row + 1, fault.what),
                               "Mend or leave out the row; rows count from 1 after the header");
    error.field = fault.column;
    ICMAP_ASSIGN(error.value,
                 connection.text(fmt::format("select coalesce({}::varchar, '') from {} limit 1 "
                                             "offset {}",
                                             store::identifier(fault.column), table, fault.row)));
    return error;
}

/// Appends the rows of a chunk (x, y, weight) up to the first that cannot be used.
std::optional<RowFault> append_rows(const ClusterPointsOptions& options, const store::Chunk& chunk,
                                    PointColumns& points) {
    const auto number = [&](std::size_t column, std::size_t row) {
        return chunk.is_null(column, row) ? std::numeric_limits<double>::quiet_NaN()
                                          : chunk.column<double>(column)[row];
    };
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        const double x = number(0, row);
        const double y = number(1, row);
        const double weight = number(2, row);
        if (!std::isfinite(x) || !std::isfinite(y)) {
            return RowFault{points.x.size(), std::isfinite(x) ? options.y_column : options.x_column,
                            "has no finite coordinate"};
        }
        if (!(weight >= 1.0 && weight <= 4294967295.0 && weight == std::floor(weight))) {
            return RowFault{points.x.size(), options.weight_column,
                            "has no whole weight of at least 1"};
        }
        points.x.push_back(x);
        points.y.push_back(y);
        if (!options.weight_column.empty()) {
            points.weight.push_back(static_cast<std::uint32_t>(weight));
        }
    }
    return std::nullopt;
}

Result<PointColumns> read_points(const ClusterPointsOptions& options) {
    ICMAP_TRY(require_file(options));
    ICMAP_ASSIGN(auto database, store::Database::open(":memory:", {.threads = options.threads}));
    ICMAP_ASSIGN(auto connection, database.connect());
    const std::string table = table_of(options);
    ICMAP_TRY(require_columns(options, connection, table));
    const auto as_number = [](const std::string& column) {
        return fmt::format("try_cast({} as double)", store::identifier(column));
    };
    PointColumns points;
    std::optional<RowFault> fault;
    auto read = connection.read(
        fmt::format(
            "select {}, {}, {} from {}", as_number(options.x_column), as_number(options.y_column),
            options.weight_column.empty() ? "1::double" : as_number(options.weight_column), table),
        [&](const store::Chunk& chunk) {
            if (!fault) {
                fault = append_rows(options, chunk, points);
            }
        });
    if (!read) {
        return tl::unexpected(points_error(options, read.error().what, std::string(kGoodFile)));
    }
    if (fault) {
        ICMAP_ASSIGN(Error error, row_error(options, connection, table, *fault));
        return tl::unexpected(std::move(error));
    }
    return points;
}

Result<void> check_eps(double eps_m) {
    if (eps_m > 0.0 && eps_m <= kLargestEpsM) {
        return {};
    }
    Error error;
    error.what = fmt::format("eps must be a number of metres above 0, at most {}", kLargestEpsM);
    error.field = "--eps";
    error.value = fmt::format("{}", eps_m);
    error.remedy = "Write for example --eps 1000";
    return tl::unexpected(std::move(error));
}

/// Refuses what can only be degrees: all of it within the globe's 360 by 180, with fractions, and
/// less wide than the radius, so that metres would be one cluster whatever the rest.
Result<void> refuse_degrees(const ClusterPointsOptions& options, const PointColumns& points) {
    if (points.x.size() < 2) {
        return {};
    }
    const auto [west, east] = std::minmax_element(points.x.begin(), points.x.end());
    const auto [south, north] = std::minmax_element(points.y.begin(), points.y.end());
    const bool is_on_globe = *west >= -180.0 && *east <= 180.0 && *south >= -90.0 && *north <= 90.0;
    const double across = std::hypot(*east - *west, *north - *south);
    const bool has_fractions =
        std::any_of(points.x.begin(), points.x.end(), [](double x) { return x != std::floor(x); });
    if (!is_on_globe || !has_fractions || across == 0.0 || across > options.eps_m) {
        return {};
    }
    Error error = points_error(
        options,
        fmt::format("These look like degrees: x runs from {} to {}, y from {} to {}, and eps is {} "
                    "metres",
                    *west, *east, *south, *north, options.eps_m),
        "Give columns of metres in a planar CRS, for example eastings and northings");
    error.field = fmt::format("{}, {}", options.x_column, options.y_column);
    return tl::unexpected(std::move(error));
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
    ICMAP_TRY(check_eps(options.eps_m));
    const ThreadLimit threads(options.threads);
    ICMAP_ASSIGN(const PointColumns points, read_points(options));
    ICMAP_TRY(refuse_degrees(options, points));
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
