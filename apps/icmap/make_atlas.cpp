// The commands that make something: build, validate, demo.
#include "commands.hpp"

#include "demo/demo.hpp"
#include "ingest/validate.hpp"
#include "pipeline/build.hpp"
#include "pipeline/project.hpp"
#include "pipeline/stages.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

namespace icmap::app {

ProgressStyle CommonOptions::style() const {
    if (quiet) {
        return ProgressStyle::quiet;
    }
    return log_json ? ProgressStyle::json : ProgressStyle::automatic;
}

namespace {

Result<void> run_build(const pipeline::BuildOptions& options, const CommonOptions& common) {
    const auto progress = make_progress(common.style());
    ICMAP_ASSIGN(const auto report, pipeline::build(options, *progress));
    if (report.was_current) {
        progress->note(fmt::format("{} is up to date.", options.output.string()));
        return {};
    }
    const std::string rows =
        report.rows_read == 0
            ? ""
            : fmt::format(" from {} rows ({} kept, {} rejected)", grouped(report.rows_read),
                          grouped(report.rows_kept), grouped(report.rows_rejected));
    progress->note(
        fmt::format("{}: {} clusters{} in {:.1f} s, peak memory {:.2f} GiB",
                    options.output.string(), grouped(report.clusters), rows, report.seconds,
                    static_cast<double>(report.peak_bytes) / (1024.0 * 1024.0 * 1024.0)));
    return {};
}

} // namespace

void add_build(CLI::App& program, CommonOptions& common, Action& action) {
    struct Arguments {
        pipeline::BuildOptions options;
        std::string from = "ingest";
        double memory_gb = 3.0;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("build", "Build the atlas of a project");
    command->add_option("project", arguments->options.project, "The project file (TOML)")
        ->required();
    command->add_option("-o,--output", arguments->options.output,
                        "The atlas to write (default: the project's name with .atlas)");
    command->add_option("--from", arguments->from,
                        "Start at this stage with what the atlas holds: ingest, classify, cluster");
    command->add_flag("--if-changed", arguments->options.only_if_changed,
                      "Do nothing when the atlas is newer than all it is made of");
    command
        ->add_option("--memory", arguments->memory_gb,
                     "Memory of the database in GB; more is spilled to disk")
        ->check(CLI::Range(0.5, 1024.0));
    command->callback([arguments, &common, &action] {
        action = [arguments, &common]() -> Result<void> {
            pipeline::BuildOptions& options = arguments->options;
            ICMAP_ASSIGN(options.from, pipeline::parse_stage(arguments->from));
            options.threads = common.threads;
            options.memory_limit_bytes = static_cast<std::uint64_t>(arguments->memory_gb * 1e9);
            if (options.output.empty()) {
                options.output = options.project.stem().string() + ".atlas";
            }
            return run_build(options, common);
        };
    });
}

void add_validate(CLI::App& program, CommonOptions& common, Action& action) {
    auto project = std::make_shared<std::string>();
    CLI::App* command = program.add_subcommand(
        "validate", "Read everything a project names, build nothing, tell all that is wrong");
    command->add_option("project", *project, "The project file (TOML)")->required();
    command->callback([project, &common, &action] {
        action = [project, &common]() -> Result<void> {
            const auto progress = make_progress(common.style());
            ICMAP_ASSIGN(const auto checked, pipeline::read_project(*project));
            ICMAP_ASSIGN(const auto projection, pipeline::named_projection(checked));
            ingest::IngestOptions options = pipeline::ingest_options(checked, projection);
            options.keep_going = true;
            ICMAP_ASSIGN(const auto report,
                         ingest::validate(checked.sources, options,
                                          std::filesystem::temp_directory_path(), *progress));
            fmt::print("{}", report.text());
            if (!report.is_sound()) {
                return input_error("The project cannot be built as it is",
                                   "Mend what is marked as an error above");
            }
            return {};
        };
    });
}

void add_demo(CLI::App& program, CommonOptions& common, Action& action) {
    struct Arguments {
        std::string directory;
        demo::DemoOptions options;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "demo", "Write the example project: a made-up United Kingdom in real file formats");
    command->add_option("directory", arguments->directory, "The folder to make")->required();
    command->add_option("--firms", arguments->options.firms, "Firms, 10,000 to 5,600,000")
        ->capture_default_str();
    command->add_option("--seed", arguments->options.seed, "The same seed makes the same files")
        ->capture_default_str();
    command->callback([arguments, &common, &action] {
        action = [arguments, &common]() -> Result<void> {
            const auto progress = make_progress(common.style());
            ICMAP_TRY(
                demo::write_example_project(arguments->directory, arguments->options, *progress));
            progress->note(
                fmt::format("Wrote {}/project.toml (example data)", arguments->directory));
            return {};
        };
    });
}

} // namespace icmap::app
