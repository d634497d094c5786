// The commands that use an atlas: export, serve.
#include "commands.hpp"

#include "base/same_file.hpp"
#include "base/words.hpp"
#include "publish/export.hpp"
#include "serve/serve.hpp"
#include "store/atlas_file.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace icmap::app {
namespace fs = std::filesystem;

namespace {

struct ExportArguments {
    fs::path atlas;
    std::string layer = "clusters";
    std::string format;
    std::string schema = "icmap";
    fs::path output;
};

Result<void> run_export(const ExportArguments& arguments, const CommonOptions& common) {
    publish::ExportRequest request;
    ICMAP_ASSIGN(request.layer, publish::parse_layer(arguments.layer));
    ICMAP_ASSIGN(request.schema, publish::parse_schema(arguments.schema));
    ICMAP_ASSIGN(request.format, arguments.format.empty()
                                     ? publish::format_of(arguments.output)
                                     : publish::parse_format(arguments.format));
    ICMAP_TRY(refuse_overwriting(arguments.output, std::array{arguments.atlas}));
    ICMAP_ASSIGN(auto database, store::open_atlas(arguments.atlas, common.threads));
    ICMAP_ASSIGN(auto connection, database.connect());
    ICMAP_ASSIGN(const auto report, publish::export_layer(connection, request, arguments.output));
    if (!common.quiet) {
        fmt::print(stderr, "{}: {}", arguments.output.string(), counted(report.rows, "row"));
        if (report.left_out > 0) {
            fmt::print(stderr, "; {} without a position left out", grouped(report.left_out));
        }
        fmt::print(stderr, "{}\n",
                   report.about.empty()
                       ? ""
                       : fmt::format("; sources and licences in {}", report.about.string()));
    }
    return {};
}

/// The built page lies beside the program, in build/web or share/icmap/web.
fs::path find_web() {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    for (const char* place : {"../web", "../share/icmap/web"}) {
        if (fs::exists(program / place / "index.html", ignored)) {
            return fs::weakly_canonical(program / place, ignored);
        }
    }
    return {};
}

} // namespace

void add_export(CLI::App& program, CommonOptions& common, Action& action) {
    auto arguments = std::make_shared<ExportArguments>();
    CLI::App* command = program.add_subcommand("export", "Write a layer of an atlas as a file");
    command->add_option("atlas", arguments->atlas, "The atlas")->required();
    command
        ->add_option(
            "--layer", arguments->layer,
            "clusters, firms, members, institutions, areas, sectors, area_sectors, sources, "
            "rejects, mass_registration")
        ->capture_default_str();
    command->add_option("--format", arguments->format,
                        "gpkg, geojson, fgb, parquet, csv, xlsx, ods (default: by the extension)");
    command
        ->add_option("--schema", arguments->schema,
                     "icmap, or dsit-v2: the columns of the officially published map")
        ->capture_default_str();
    command->add_option("-o,--output", arguments->output, "The file to write")->required();
    command->callback([arguments, &common, &action] {
        action = [arguments, &common] { return run_export(*arguments, common); };
    });
}

/// What one client may ask of the server, for those who put it before the public.
void add_limits(CLI::App& command, serve::ServeOptions& options) {
    constexpr std::size_t kMebibyte = std::size_t{1} << 20U;
    const auto mebibytes = [&](const char* name, std::size_t& bytes, const char* what) {
        command
            .add_option_function<std::size_t>(
                name, [&bytes](std::size_t given) { bytes = given * kMebibyte; }, what)
            ->default_str(std::to_string(bytes / kMebibyte))
            ->check(CLI::Range(std::size_t{16}, std::size_t{1} << 20U))
            ->group("Limits");
    };
    const auto option = [&](const char* name, auto& value, auto most, const char* what) {
        command.add_option(name, value, what)
            ->capture_default_str()
            ->check(CLI::Range(std::decay_t<decltype(value)>{1}, most))
            ->group("Limits");
    };
    option("--connections", options.http.connections, std::size_t{1'000'000}, "At once");
    option("--timeout", options.http.seconds, 3600,
           "Seconds for a request to come in, an answer to go out, or idle");
    option("--query-timeout", options.query_seconds, 3600,
           "Seconds for a question to the database or a live clustering");
    option("--max-body", options.http.body_bytes, std::uint64_t{64} << 20U,
           "Bytes of a request's body");
    option("--max-header", options.http.header_bytes, std::uint32_t{1} << 20U,
           "Bytes of a request's header");
    mebibytes("--cache", options.cache_bytes, "MiB of answers and tiles kept");
    mebibytes("--database-memory", options.database_bytes, "MiB that the database may take");
}

void add_serve(CLI::App& program, CommonOptions& common, Action& action) {
    struct Arguments {
        fs::path atlas;
        serve::ServeOptions options;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("serve", "Serve the map of an atlas");
    command->add_option("atlas", arguments->atlas, "The atlas")->required();
    command->add_option("--host", arguments->options.host, "Address to listen on")
        ->capture_default_str();
    command->add_option("--port", arguments->options.port, "Port to listen on")
        ->capture_default_str();
    command->add_option("--web", arguments->options.web, "Folder of the built page");
    command->add_option("--base-map", arguments->options.base_map, "A PMTiles file to draw below");
    command->add_flag("--log", arguments->options.access_log, "A line per request");
    add_limits(*command, arguments->options);
    command->callback([arguments, &common, &action] {
        action = [arguments, &common]() -> Result<void> {
            if (arguments->options.web.empty()) {
                arguments->options.web = find_web();
            }
            arguments->options.threads = common.threads;
            const auto progress = make_progress(common.style());
            return serve::serve(arguments->atlas, arguments->options, *progress);
        };
    });
}

} // namespace icmap::app
