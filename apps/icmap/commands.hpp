#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"

#include <functional>
#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): named by CLI11
class App;
}

namespace icmap::app {

/// What a chosen command does; its error becomes the program's message and exit code.
using Action = std::function<Result<void>()>;

/// Options that every command takes.
struct CommonOptions {
    int threads = 0;
    bool quiet = false;
    bool log_json = false;
    [[nodiscard]] ProgressStyle style() const;
};

/// Each adds one command to the program and sets `action` when it is the one chosen.
void add_build(CLI::App& program, CommonOptions& common, Action& action);
void add_validate(CLI::App& program, CommonOptions& common, Action& action);
void add_demo(CLI::App& program, CommonOptions& common, Action& action);
void add_cluster(CLI::App& program, CommonOptions& common, Action& action);
void add_export(CLI::App& program, CommonOptions& common, Action& action);
void add_serve(CLI::App& program, CommonOptions& common, Action& action);

} // namespace icmap::app
