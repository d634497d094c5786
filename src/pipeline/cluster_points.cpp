#include "pipeline/cluster_points.hpp"

#include "base/freed_memory.hpp"
#include "base/parallel.hpp"
#include "base/same_file.hpp"
#include "cluster/on_sphere.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace icmap::pipeline {
namespace {

/// What a method found: the label of each point and the columns that go beside it.
struct Found {
    std::vector<std::int32_t> label;
    std::int32_t cluster_count = 0;
    bool knows_core = false; ///< hdbscan does not
    std::vector<std::uint8_t> is_core;
    std::vector<std::pair<const char*, std::vector<double>>> values;
};

Found found_of(cluster::Labels labels) {
    return {std::move(labels.label), labels.cluster_count, true, std::move(labels.is_core), {}};
}

/// The same points, in the plane or on the Earth.
struct View {
    const PointColumns& columns;
    [[nodiscard]] cluster::Points in_plane() const {
        return {columns.x, columns.y, columns.weight};
    }
    [[nodiscard]] cluster::GeoPoints on_earth() const {
        return {columns.x, columns.y, columns.weight};
    }
};

Result<Found> run_dbscan(const ClusterPointsOptions& options, View points) {
    const cluster::DbscanOptions settings{options.eps, options.min_points};
    ICMAP_ASSIGN(auto labels, options.points.is_lon_lat
                                  ? cluster::dbscan_on_sphere(points.on_earth(), settings)
                                  : cluster::dbscan(points.in_plane(), settings));
    return found_of(std::move(labels));
}

Result<Found> run_hdbscan(const ClusterPointsOptions& options, View points) {
    ICMAP_ASSIGN(auto labels, options.points.is_lon_lat
                                  ? cluster::hdbscan_on_sphere(points.on_earth(), options.hdbscan)
                                  : cluster::hdbscan(points.in_plane(), options.hdbscan));
    Found found{std::move(labels.label), labels.cluster_count, false, {}, {}};
    found.values.emplace_back("strength", std::move(labels.strength));
    found.values.emplace_back("outlier_score", std::move(labels.outlier_score));
    return found;
}

Result<cluster::RelativeLabels> relative_labels(const ClusterPointsOptions& options, View points,
                                                View all) {
    const cluster::RelativeOptions settings{options.min_points, options.max_false_discovery};
    if (options.points.is_lon_lat) {
        return cluster::relative_on_sphere(points.on_earth(), all.on_earth(), options.eps,
                                           settings);
    }
    ICMAP_ASSIGN(const auto background, cluster::Background::make(all.in_plane(), options.eps));
    return cluster::relative(points.in_plane(), background, settings);
}

Result<Found> run_relative(const ClusterPointsOptions& options, View points, View all) {
    ICMAP_ASSIGN(auto labels, relative_labels(options, points, all));
    Found found = found_of(std::move(labels.labels));
    found.values.emplace_back("p_value", std::move(labels.p_value));
    return found;
}

void write_rows(const Found& found, fmt::memory_buffer& buffer,
                const std::function<void(bool last)>& flush) {
    const auto to = std::back_inserter(buffer);
    fmt::format_to(to, "label{}", found.knows_core ? ",is_core" : "");
    for (const auto& [name, values] : found.values) {
        fmt::format_to(to, ",{}", name);
    }
    buffer.push_back('\n');
    for (std::size_t i = 0; i < found.label.size(); ++i) {
        fmt::format_to(to, "{}", found.label[i]);
        if (found.knows_core) {
            fmt::format_to(to, ",{}", found.is_core[i]);
        }
        for (const auto& [name, values] : found.values) {
            fmt::format_to(to, ",{:.6g}", values[i]);
        }
        buffer.push_back('\n');
        flush(false);
    }
    flush(true);
}

Result<void> check_eps(const ClusterPointsOptions& options) {
    const double eps_m = options.eps.value;
    if (options.method == ClusterMethod::hdbscan || (eps_m > 0.0 && eps_m <= kLargestEpsM)) {
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
    if (points.x.size() < 2 || options.points.is_lon_lat ||
        options.method == ClusterMethod::hdbscan) {
        return {};
    }
    const auto [west, east] = std::minmax_element(points.x.begin(), points.x.end());
    const auto [south, north] = std::minmax_element(points.y.begin(), points.y.end());
    const bool is_on_globe = *west >= -180.0 && *east <= 180.0 && *south >= -90.0 && *north <= 90.0;
    const double across = std::hypot(*east - *west, *north - *south);
    const bool has_fractions =
        std::any_of(points.x.begin(), points.x.end(), [](double x) { return x != std::floor(x); });
    if (!is_on_globe || !has_fractions || across == 0.0 || across > options.eps.value) {
        return {};
    }
    Error error;
    error.file = options.points.path.string();
    error.what =
        fmt::format("These look like degrees: x runs from {} to {}, y from {} to {}, and eps is {} "
                    "metres",
                    *west, *east, *south, *north, options.eps.value);
    error.remedy = "Give them as --lon and --lat, or columns of metres in a planar CRS";
    error.field = fmt::format("{}, {}", options.points.x_column, options.points.y_column);
    return tl::unexpected(std::move(error));
}

std::filesystem::path growing_of(const std::filesystem::path& output) {
    return output.string() + ".part";
}

Result<void> write_labels(const std::filesystem::path& output, const Found& found) {
    const std::filesystem::path growing = growing_of(output);
    std::ofstream stream(growing, std::ios::binary);
    fmt::memory_buffer buffer;
    write_rows(found, buffer, [&](bool last) {
        if (last || buffer.size() > (1U << 20U)) {
            stream.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            buffer.clear();
        }
    });
    stream.close();
    std::error_code failure;
    if (stream) {
        std::filesystem::rename(growing, output, failure);
    }
    if (!stream || failure) {
        Error error;
        error.what = "The labels cannot be written";
        error.file = output.string();
        error.remedy = "Choose an existing folder that you may write to, with free space";
        return tl::unexpected(std::move(error));
    }
    return {};
}

/// All firms, for the method "relative"; nothing for the others.
Result<PointColumns> read_background(const ClusterPointsOptions& options) {
    if (options.method != ClusterMethod::relative) {
        return PointColumns{};
    }
    if (options.background.empty()) {
        return usage_error("The method relative needs all firms to compare with",
                           "Give their file, with the same columns, as --background");
    }
    PointFile file = options.points;
    file.path = options.background;
    return read_points(file, options.threads);
}

std::uint64_t count_of(const auto& values, auto wanted) {
    return static_cast<std::uint64_t>(std::count(values.begin(), values.end(), wanted));
}

} // namespace

Result<ClusterPointsReport> cluster_points(const ClusterPointsOptions& options) {
    ICMAP_TRY(check_eps(options));
    const std::array<std::filesystem::path, 2> inputs{options.points.path, options.background};
    ICMAP_TRY(refuse_overwriting(options.output, inputs));
    ICMAP_TRY(refuse_overwriting(growing_of(options.output), inputs));
    const ThreadLimit threads(options.threads);
    const FreedMemoryGivenBack given_back; // a hundred million points take a few large buffers
    ICMAP_ASSIGN(const PointColumns all, read_background(options));
    ICMAP_ASSIGN(const PointColumns points, read_points(options.points, options.threads));
    ICMAP_TRY(refuse_degrees(options, points));
    const auto start = std::chrono::steady_clock::now();
    const auto run = [&]() -> Result<Found> {
        switch (options.method) {
        case ClusterMethod::dbscan:
            return run_dbscan(options, {points});
        case ClusterMethod::hdbscan:
            return run_hdbscan(options, {points});
        case ClusterMethod::relative:
            return run_relative(options, {points}, {all});
        }
        return internal_error("a method without a way to run it");
    };
    ICMAP_ASSIGN(const Found found, run());
    ClusterPointsReport report;
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ICMAP_TRY(write_labels(options.output, found));
    report.points = points.x.size();
    report.clusters = static_cast<std::uint64_t>(found.cluster_count);
    report.noise = count_of(found.label, -1);
    report.core_points = count_of(found.is_core, std::uint8_t{1});
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    return report;
}

} // namespace icmap::pipeline
