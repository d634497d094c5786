// The commands that make something: build, validate, demo.
#include "commands.hpp"

#include "base/program_name.hpp"
#include "base/words.hpp"
#include "demo/demo.hpp"
#include "pipeline/build.hpp"
#include "pipeline/validate.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <numeric>

namespace icmap::app {

ProgressStyle CommonOptions::style() const {
    if (quiet) {
        return ProgressStyle::quiet;
    }
    return log_json ? ProgressStyle::json : ProgressStyle::automatic;
}

namespace {

std::uint64_t rows_of(const std::vector<pipeline::FaultKind>& kinds) {
    return std::accumulate(kinds.begin(), kinds.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const auto& kind) { return sum + kind.rows; });
}

Result<void> run_build(const pipeline::BuildOptions& options, const CommonOptions& common) {
    const auto progress = make_progress(common.style());
    ICMAP_ASSIGN(const auto report, pipeline::build(options, *progress));
    if (report.was_current) {
        progress->note(fmt::format("{} is up to date.", options.output.string()));
        return {};
    }
    const std::uint64_t warnings = rows_of(report.warnings);
    const std::string rows =
        report.rows_read == 0
            ? ""
            : fmt::format(" from {} ({} kept{}, {} rejected{})", counted(report.rows_read, "row"),
                          grouped(report.rows_kept),
                          report.records < report.rows_kept
                              ? fmt::format(", merged into {}", counted(report.records, "record"))
                              : "",
                          grouped(report.rows_rejected),
                          warnings > 0 ? ", " + counted(warnings, "warning") : "");
    progress->note(
        fmt::format("{}: {}{} in {:.1f} s, peak memory {:.2f} GiB", options.output.string(),
                    counted(report.clusters, "cluster"), rows, report.seconds,
                    static_cast<double>(report.peak_bytes) / (1024.0 * 1024.0 * 1024.0)));
    if (!report.errors.empty()) {
        progress->note(fmt::format(
            "{} rejected: {}",
            counted(report.rows_read > 0 ? report.rows_rejected : rows_of(report.errors), "row"),
            pipeline::in_words(report.errors)));
    }
    if (warnings > 0) {
        progress->note(fmt::format("{}: {}", counted(warnings, "warning"),
                                   pipeline::in_words(report.warnings)));
    }
    if (warnings > 0 || !report.errors.empty()) {
        progress->note(fmt::format("To see each: {} export {} --layer rejects -o rejects.csv",
                                   program_name(), options.output.string()));
    }
    for (const std::string& alarm : report.alarms) {
        progress->note("WARNING: " + alarm);
    }
    return {};
}

} // namespace

void add_build(CLI::App& program, CommonOptions& common, Action& action) {
    struct Arguments {
        pipeline::BuildOptions options;
        std::string from;
        double memory_gb = 4.0;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand("build", "Build the atlas of a project");
    command->add_option("project", arguments->options.project, "The project file (TOML)")
        ->required();
    command->add_option("-o,--output", arguments->options.output,
                        "The atlas to write (default: the project's name with .atlas)");
    command->add_option("--from", arguments->from,
                        "Start at this stage with what the atlas holds: ingest, classify, cluster "
                        "(default: the latest that the changed settings allow)");
    command->add_flag("--strict", arguments->options.strict,
                      "Any rejected row stops the build (otherwise [ingest] max_reject_share)");
    command->add_flag("--if-changed", arguments->options.only_if_changed,
                      "Do nothing when the atlas is newer than all it is made of");
    command
        ->add_option("--memory", arguments->memory_gb,
                     "Memory of the database in GB; more is spilled to disk")
        ->check(CLI::Range(0.5, 1024.0));
    command->callback([arguments, &common, &action] {
        action = [arguments, &common]() -> Result<void> {
            pipeline::BuildOptions& options = arguments->options;
            if (!arguments->from.empty()) {
                ICMAP_ASSIGN(options.from, pipeline::parse_stage(arguments->from));
            }
            options.threads = common.threads;
            options.memory_limit_bytes = static_cast<std::uint64_t>(arguments->memory_gb * 1e9);
            if (options.output.empty()) {
                options.output = options.project.stem().string() + ".atlas";
            }
            return run_build(options, common);
        };
    });
}

namespace {

struct ValidateArguments {
    std::string project;
    std::string rejects;
    bool allow_warnings = false;
};

Result<void> run_validate(const ValidateArguments& arguments, const CommonOptions& common) {
    const auto progress = make_progress(common.style());
    ICMAP_ASSIGN(const auto report,
                 pipeline::validate_project(arguments.project, arguments.rejects, *progress));
    fmt::print("{}", report.text());
    std::fflush(stdout); // before the error, where both go to one file
    if (!report.is_sound()) {
        return input_error("The project cannot be built as it is",
                           "Mend what is marked as an error above");
    }
    const std::uint64_t rejected = report.sources.rows_rejected();
    const std::uint64_t warnings = report.sources.warnings();
    if (rejected > 0 || (warnings > 0 && !arguments.allow_warnings)) {
        const std::string list =
            arguments.rejects.empty() ? "--rejects FILE.csv lists all of it" : arguments.rejects;
        return input_error(fmt::format("Something is wrong with the data: {} rejected, {}",
                                       counted(rejected, "row"), counted(warnings, "warning")),
                           fmt::format("Mend what is listed above ({}){}", list,
                                       rejected > 0 ? "" : ", or pass --allow-warnings"));
    }
    return {};
}

} // namespace

void add_validate(CLI::App& program, CommonOptions& common, Action& action) {
    auto arguments = std::make_shared<ValidateArguments>();
    CLI::App* command = program.add_subcommand(
        "validate", "Read everything a project names, build nothing, tell all that is wrong");
    command->add_option("project", arguments->project, "The project file (TOML)")->required();
    command->add_option("--rejects", arguments->rejects,
                        "Write everything that is wrong with a row to this CSV");
    command->add_flag("--allow-warnings", arguments->allow_warnings,
                      "Succeed where rows were kept with a value blanked or mended");
    command->callback([arguments, &common, &action] {
        action = [arguments, &common] { return run_validate(*arguments, common); };
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
