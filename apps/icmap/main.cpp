#include "commands.hpp"

#include "base/nearest.hpp"
#include "base/program_name.hpp"
#include "pipeline/build.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace icmap;

/// A word that is no command, with the command it is most like.
std::string wrong_command(const CLI::App& program, std::string_view given) {
    std::vector<std::string> commands;
    for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
        commands.push_back(command->get_name());
    }
    const auto nearest = nearest_word(given, commands);
    return fmt::format("There is no command {}{}", given,
                       nearest ? fmt::format(". Did you mean {}?", *nearest)
                               : fmt::format("; there are {}", fmt::join(commands, ", ")));
}

/// What is no option or no command is named, whatever else is missing; "Could not convert: --eps =
/// abc" is said as every other fault is; other texts are the parser's.
std::string in_our_words(const CLI::App& program, const CLI::Error& error) {
    std::string said = error.what();
    const std::vector<std::string> unknown = program.remaining(true);
    const auto option = std::find_if(unknown.begin(), unknown.end(),
                                     [](const auto& word) { return word.starts_with('-'); });
    if (option != unknown.end()) {
        return fmt::format("There is no option {}", *option);
    }
    if (program.get_subcommands().empty() && !unknown.empty()) {
        return wrong_command(program, unknown.front());
    }
    constexpr std::string_view kBegin = "Could not convert: ";
    const std::size_t sign = said.find(" = ");
    if (!said.starts_with(kBegin) || sign == std::string::npos) {
        return said;
    }
    return fmt::format("{} takes a number (value \"{}\").",
                       said.substr(kBegin.size(), sign - kBegin.size()), said.substr(sign + 3));
}

int run(int argc, char** argv) {
    CLI::App program{"icmap: from firm-level registers to a map of innovation clusters"};
    program.set_version_flag("--version",
                             std::string("icmap ") + std::string(pipeline::engine_version()));
    program.require_subcommand(1);
    program.failure_message([](const CLI::App* command, const CLI::Error& error) {
        const auto verbs = command->get_subcommands();
        return fmt::format("icmap: {}\n{}{} --help lists what can be given.\n",
                           in_our_words(*command, error), program_name(),
                           verbs.empty() ? "" : " " + verbs.front()->get_name());
    });
    program.fallthrough();
    app::CommonOptions common;
    program.add_option("--threads", common.threads, "Threads to use (0: all)")
        ->check(CLI::Range(0, 1024));
    program.add_flag("--quiet", common.quiet, "Say nothing but errors");
    program.add_flag("--log-json", common.log_json, "Progress as one JSON object a line");

    app::Action action;
    app::add_build(program, common, action);
    app::add_serve(program, common, action);
    app::add_export(program, common, action);
    app::add_cluster(program, common, action);
    app::add_validate(program, common, action);
    app::add_demo(program, common, action);

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version are answers, everything else is a wrong call.
        return program.exit(error) == 0 ? 0 : exit_code(ErrorKind::usage);
    }
    const Result<void> done = action();
    if (!done) {
        fmt::print(stderr, "icmap: {}\n", done.error().message());
        return exit_code(done.error().kind);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        set_program_name(argc > 0 ? argv[0] : "");
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "icmap: an internal error: {}\n", error.what());
    } catch (...) {
        fmt::print(stderr, "icmap: an internal error\n");
    }
    return exit_code(ErrorKind::internal);
}
