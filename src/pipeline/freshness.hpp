#pragma once

#include "pipeline/build.hpp"
#include "pipeline/project.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace icmap::pipeline {

/// True if `file` was written, or put in its place, after the atlas was.
[[nodiscard]] bool is_newer(const std::filesystem::path& file, const std::filesystem::path& atlas);

/// True if the atlas was made by this engine with the project's settings after the last change of
/// the project file, of every file that a source is read from and of the program itself.
[[nodiscard]] bool is_current(const std::filesystem::path& atlas, const Project& project);

/// True if a changed value of the parameter makes what the stages before `from` wrote out of date.
[[nodiscard]] bool decides_before(std::string_view parameter, Stage from);

struct Start {
    Stage from = Stage::ingest;
    std::string why; ///< for people; empty where a build starts at the beginning
};

/// The latest stage at which a build of the project may start with what the atlas holds and still
/// give what a whole build would: cluster where no more than settings of clusters and their
/// outlines changed, classify where sector definitions did too, ingest where anything else did, the
/// program or an input is newer than the atlas, or nothing changed at all, so that all is asked for
/// anew.
[[nodiscard]] Start find_start(const std::filesystem::path& atlas, const Project& project);

} // namespace icmap::pipeline
