// The command that needs no project: cluster.
#include "commands.hpp"

#include "pipeline/cluster_points.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::app {
namespace {

struct ClusterArguments {
    pipeline::ClusterPointsOptions options;
    std::string lon_column;
    std::string lat_column;
    std::string crs;
    std::string method = "dbscan";
    std::string selection = "eom";
    std::vector<std::pair<CLI::Option*, const char*>> only_for; ///< options of some methods
};

std::string in_capitals(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// True if the column is called one of these, whatever is written before or behind: "lat_deg".
bool names(const std::string& column, std::initializer_list<const char*> words) {
    const std::string name = in_capitals(column);
    return std::any_of(words.begin(), words.end(), [&name](const char* word) {
        const std::string wanted = in_capitals(word);
        return name == wanted || name.starts_with(wanted + "_") || name.ends_with("_" + wanted);
    });
}

bool is_degrees(std::string crs) {
    crs = in_capitals(std::move(crs));
    return crs == "EPSG:4326" || crs == "OGC:CRS84";
}

/// Which columns hold the position, and whether they are metres or degrees.
Result<void> choose_columns(ClusterArguments& arguments) {
    pipeline::PointFile& file = arguments.options.points;
    const bool has_xy = !file.x_column.empty() || !file.y_column.empty();
    const bool has_lon_lat = !arguments.lon_column.empty() || !arguments.lat_column.empty();
    if (has_xy == has_lon_lat) {
        return usage_error("The columns of the position are not clear",
                           "Give --x and --y (metres) or --lon and --lat (degrees), not both");
    }
    if (has_lon_lat) {
        file.x_column = arguments.lon_column;
        file.y_column = arguments.lat_column;
        file.is_lon_lat = true;
        if (!arguments.crs.empty() && !is_degrees(arguments.crs)) {
            return usage_error(fmt::format("{} is not the CRS of --lon and --lat", arguments.crs),
                               "Leave --crs out, or give EPSG:4326; metres go in as --x and --y");
        }
    } else {
        file.is_lon_lat = is_degrees(arguments.crs);
    }
    if (file.is_lon_lat && names(file.x_column, {"lat", "latitude"}) &&
        names(file.y_column, {"lon", "lng", "long", "longitude"})) {
        return usage_error(fmt::format("Longitude is read from \"{}\" and latitude from \"{}\": "
                                       "they are swapped",
                                       file.x_column, file.y_column),
                           fmt::format("Give --lon {} --lat {}", file.y_column, file.x_column));
    }
    if (file.x_column.empty() || file.y_column.empty()) {
        return usage_error("One of the two columns of the position is missing",
                           "Give both --x and --y, or both --lon and --lat");
    }
    return {};
}

Result<void> choose_method(ClusterArguments& arguments) {
    pipeline::ClusterPointsOptions& options = arguments.options;
    options.method = arguments.method == "hdbscan"    ? pipeline::ClusterMethod::hdbscan
                     : arguments.method == "relative" ? pipeline::ClusterMethod::relative
                                                      : pipeline::ClusterMethod::dbscan;
    options.hdbscan.selection = arguments.selection == "leaf" ? cluster::HdbscanSelection::leaf
                                                              : cluster::HdbscanSelection::eom;
    for (const auto& [option, methods] : arguments.only_for) {
        const std::string listed = fmt::format(" {},", methods);
        if (option->count() > 0 &&
            listed.find(fmt::format(" {},", arguments.method)) == std::string::npos) {
            return usage_error(
                fmt::format("{} is not for the method {}", option->get_name(), arguments.method),
                fmt::format("Leave it out; it is for {}", methods));
        }
    }
    return {};
}

void print_report(const ClusterArguments& arguments, const pipeline::ClusterPointsReport& report) {
    const bool knows_core = arguments.options.method != pipeline::ClusterMethod::hdbscan;
    fmt::print("{{\"method\":\"{}\",\"distance\":\"{}\",\"points\":{},\"clusters\":{},\"noise\":{}"
               "{},\"seconds\":{:.4f},\"peak_bytes\":{}}}\n",
               arguments.method, arguments.options.points.is_lon_lat ? "great circle" : "plane",
               report.points, report.clusters, report.noise,
               knows_core ? fmt::format(",\"core_points\":{}", report.core_points) : "",
               report.seconds, report.peak_bytes);
}

void add_columns(CLI::App& command, ClusterArguments& arguments) {
    pipeline::PointFile& file = arguments.options.points;
    command.add_option("points", file.path, "CSV, TSV (also .gz, .zst) or Parquet")->required();
    command
        .add_option("--delimiter", file.delimiter,
                    "What stands between the columns: one character, or \"tab\" (default: found "
                    "from the header)")
        ->transform([](const std::string& sign) {
            return sign == "tab" || sign == "\\t" ? std::string("\t") : sign;
        })
        ->check([](const std::string& sign) {
            return sign.size() == 1 ? std::string()
                                    : "\"" + sign + "\" is not one character, nor \"tab\"";
        });
    command.add_option("--x", file.x_column, "Column of x, metres of a planar CRS");
    command.add_option("--y", file.y_column, "Column of y, metres of a planar CRS");
    command.add_option("--lon", arguments.lon_column,
                       "Column of longitude, degrees from -180 to 180: distances are along great "
                       "circles, on a sphere of 6,371,008.8 m");
    command.add_option("--lat", arguments.lat_column, "Column of latitude, degrees from -90 to 90");
    command.add_option("--crs", arguments.crs,
                       "What --x and --y are: EPSG:4326 means longitude and latitude in degrees; "
                       "any other is taken as metres");
    command.add_option("--weight", file.weight_column,
                       "Column of whole weights, 1 or more (default: 1 each)");
}

void add_method_options(CLI::App& command, ClusterArguments& arguments) {
    pipeline::ClusterPointsOptions& options = arguments.options;
    cluster::HdbscanOptions& hdbscan = options.hdbscan;
    constexpr const char* kByRadius = "dbscan, relative";
    const auto only = [&arguments](CLI::Option* option, const char* methods) {
        arguments.only_for.emplace_back(option->group(std::string("For ") + methods), methods);
        return option;
    };
    command.add_option("--method", arguments.method, "dbscan, hdbscan or relative")
        ->check(CLI::IsMember({"dbscan", "hdbscan", "relative"}))
        ->capture_default_str();
    only(command.add_option("--eps", options.eps.value, "Radius, metres, inclusive"), kByRadius)
        ->capture_default_str();
    only(command.add_option("--min-points", options.min_points,
                            "Weight within the radius that makes a core point, its own included"),
         kByRadius)
        ->capture_default_str();
    only(command.add_option("--background", options.background,
                            "File of all firms, with the same columns; required"),
         "relative");
    only(command.add_option("--max-false-discovery", options.max_false_discovery,
                            "Share of core points that may be chance, between 0 and 1"),
         "relative")
        ->capture_default_str();
    only(command.add_option("--min-cluster-size", hdbscan.min_cluster_size,
                            "Least weight of a cluster, at least 2"),
         "hdbscan")
        ->capture_default_str();
    only(command.add_option("--min-samples", hdbscan.min_samples,
                            "Weight that makes a core distance, the point's own included (default "
                            "0: as --min-cluster-size)"),
         "hdbscan");
    only(command.add_option("--cluster-selection-method", arguments.selection,
                            "eom (most stable) or leaf (finest)"),
         "hdbscan")
        ->check(CLI::IsMember({"eom", "leaf"}))
        ->capture_default_str();
    only(command.add_option("--cluster-selection-epsilon", hdbscan.selection_epsilon.value,
                            "Clusters that part below this distance stay one, metres (0: off)"),
         "hdbscan")
        ->capture_default_str();
    only(command.add_option("--max-extent", hdbscan.max_extent.value,
                            "No cluster wider than this, metres (0: any)"),
         "hdbscan")
        ->capture_default_str();
}

} // namespace

void add_cluster(CLI::App& program, CommonOptions& common, Action& action) {
    auto arguments = std::make_shared<ClusterArguments>();
    CLI::App* command =
        program.add_subcommand("cluster", "Cluster any file of points: one label per row");
    add_columns(*command, *arguments);
    add_method_options(*command, *arguments);
    command
        ->add_option("-o,--output", arguments->options.output,
                     "CSV to write, one line per row: label (-1: noise), then is_core (dbscan), "
                     "is_core and p_value (relative), or strength and outlier_score, both from 0 "
                     "to 1 (hdbscan)")
        ->required();
    command->callback([arguments, &common, &action] {
        action = [arguments, &common]() -> Result<void> {
            ICMAP_TRY(choose_columns(*arguments));
            ICMAP_TRY(choose_method(*arguments));
            arguments->options.threads = common.threads;
            ICMAP_ASSIGN(const auto report, pipeline::cluster_points(arguments->options));
            print_report(*arguments, report);
            return {};
        };
    });
}

} // namespace icmap::app
