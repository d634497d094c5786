#include "pipeline/point_file.hpp"

#include "base/nearest.hpp"
#include "ingest/byte_stream.hpp"
#include "ingest/columns.hpp"
#include "ingest/csv_structure.hpp"
#include "store/connection.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <optional>
#include <string_view>

namespace icmap::pipeline {
namespace {

Error points_error(const PointFile& file, std::string what, std::string remedy) {
    Error error;
    error.what = std::move(what);
    error.file = file.path.string();
    error.remedy = std::move(remedy);
    return error;
}

bool holds_columns(const PointFile& file, std::string_view head, char delimiter) {
    const auto cells = ingest::column_names(ingest::first_record(head, {.delimiter = delimiter}));
    const auto holds = [&cells](const std::string& name) {
        return std::find(cells.begin(), cells.end(), name) != cells.end();
    };
    return holds(file.x_column) && holds(file.y_column);
}

/// The delimiter that is given; else the one that cuts the columns asked for out of the header, the
/// usual one of the file's ending first; else the likeliest.
Result<char> delimiter_of(const PointFile& file) {
    if (!file.delimiter.empty()) {
        return file.delimiter[0];
    }
    constexpr std::size_t kHeadBytes = std::size_t{1} << 16U;
    ICMAP_ASSIGN(const std::string head, ingest::read_head(file.path, kHeadBytes));
    const char usual = file.path.string().find(".tsv") != std::string::npos ? '\t' : ',';
    for (const char delimiter : {usual, ',', ';', '\t', '|'}) {
        if (holds_columns(file, head, delimiter)) {
            return delimiter;
        }
    }
    const char likely = ingest::likely_delimiter(head);
    return likely == '\0' ? usual : likely;
}

Result<std::string> table_of(const PointFile& file) {
    const std::string name = file.path.string();
    const std::string literal = store::file_literal(name);
    if (name.ends_with(".parquet")) {
        return fmt::format("read_parquet({})", literal);
    }
    ICMAP_ASSIGN(const char delimiter, delimiter_of(file));
    return fmt::format("read_csv({}, header = true, all_varchar = true, delim = {}, quote = '\"', "
                       "strict_mode = false)",
                       literal, store::sql_literal(std::string(1, delimiter)));
}

Result<void> require_column(const PointFile& file, const std::vector<store::ColumnInfo>& columns,
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
    return tl::unexpected(points_error(
        file, fmt::format("There is no column \"{}\"", wanted),
        nearest ? fmt::format("The nearest name is \"{}\"", *nearest)
                : fmt::format("The columns are {}{}", fmt::join(names, ", "),
                              names.size() == 1 ? "; if it should be cut elsewhere, give "
                                                  "--delimiter"
                                                : "")));
}

constexpr std::string_view kGoodFile = "Give a CSV or TSV file with a header, or Parquet";

Result<void> require_file(const PointFile& file) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file.path, failure)) {
        return tl::unexpected(points_error(file, "There is no such file", std::string(kGoodFile)));
    }
    if (std::filesystem::file_size(file.path, failure) == 0) {
        return tl::unexpected(points_error(file, "The file is empty", std::string(kGoodFile)));
    }
    return {};
}

Result<void> require_columns(const PointFile& file, store::Connection& connection,
                             const std::string& table) {
    auto columns = connection.describe(fmt::format("select * from {}", table));
    if (!columns) {
        return tl::unexpected(points_error(file, columns.error().what, std::string(kGoodFile)));
    }
    ICMAP_TRY(require_column(file, *columns, file.x_column));
    ICMAP_TRY(require_column(file, *columns, file.y_column));
    return file.weight_column.empty() ? Result<void>()
                                      : require_column(file, *columns, file.weight_column);
}

/// The first row that cannot be used, and the column at fault.
struct RowFault {
    std::size_t row; ///< 0-based
    std::string column;
    std::string what;
};

/// The fault as an error, with the value as the file has it.
Result<Error> row_error(const PointFile& file, store::Connection& connection,
                        const std::string& table, const RowFault& fault) {
    Error error = points_error(file, fmt::format("Row {} {}", fault.row + 1, fault.what),
                               "Mend or leave out the row; rows count from 1 after the header");
    error.field = fault.column;
    ICMAP_ASSIGN(error.value,
                 connection.text(fmt::format("select coalesce({}::varchar, '') from {} limit 1 "
                                             "offset {}",
                                             store::identifier(fault.column), table, fault.row)));
    return error;
}

/// Appends the rows of a chunk (x, y, weight) up to the first that cannot be used.
std::optional<RowFault> append_rows(const PointFile& file, const store::Chunk& chunk,
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
            return RowFault{points.x.size(), std::isfinite(x) ? file.y_column : file.x_column,
                            "has no finite coordinate"};
        }
        if (file.is_lon_lat && (std::abs(x) > 180.0 || std::abs(y) > 90.0)) {
            return RowFault{points.x.size(), std::abs(x) > 180.0 ? file.x_column : file.y_column,
                            "is not on the Earth, whose longitudes end at 180 and latitudes at 90 "
                            "degrees"};
        }
        if (!(weight >= 1.0 && weight <= 4294967295.0 && weight == std::floor(weight))) {
            return RowFault{points.x.size(), file.weight_column,
                            "has no whole weight of at least 1"};
        }
        points.x.push_back(x);
        points.y.push_back(y);
        if (!file.weight_column.empty()) {
            points.weight.push_back(static_cast<std::uint32_t>(weight));
        }
    }
    return std::nullopt;
}

} // namespace

Result<PointColumns> read_points(const PointFile& file, int threads) {
    ICMAP_TRY(require_file(file));
    ICMAP_ASSIGN(auto database, store::Database::open(":memory:", {.threads = threads}));
    ICMAP_ASSIGN(auto connection, database.connect());
    ICMAP_ASSIGN(const std::string table, table_of(file));
    ICMAP_TRY(require_columns(file, connection, table));
    const auto as_number = [](const std::string& column) {
        return fmt::format("try_cast({} as double)", store::identifier(column));
    };
    PointColumns points;
    std::optional<RowFault> fault;
    auto read = connection.read(
        fmt::format("select {}, {}, {} from {}", as_number(file.x_column), as_number(file.y_column),
                    file.weight_column.empty() ? "1::double" : as_number(file.weight_column),
                    table),
        [&](const store::Chunk& chunk) {
            if (!fault) {
                fault = append_rows(file, chunk, points);
            }
        });
    if (!read) {
        return tl::unexpected(points_error(file, read.error().what, std::string(kGoodFile)));
    }
    if (fault) {
        ICMAP_ASSIGN(Error error, row_error(file, connection, table, *fault));
        return tl::unexpected(std::move(error));
    }
    return points;
}

} // namespace icmap::pipeline
