#pragma once

#include "base/result.hpp"
#include "ingest/source.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::pipeline {

/// The United Kingdom is 1,000 km long: a radius of more than this joins everything with
/// everything.
inline constexpr double kLargestEpsM = 200'000.0;

/// On a finer grid than this some node always comes too near to a member of a large cluster.
inline constexpr double kLeastGridM = 25.0;
/// Of every length of an outline.
inline constexpr double kMostOutlineM = 10'000.0;

enum class Disclosure : std::uint8_t { open, official };
enum class ClusterMethod : std::uint8_t { dbscan, hdbscan, relative };

/// [ingest]
struct IngestSettings {
    /// Share of a source's rows that may be rejected, [0, 1], inclusive; more stops the build.
    double max_reject_share = 0.05;
    bool is_strict = false; ///< --strict: no row may be
};

/// [locate]
struct LocateSettings {
    std::uint32_t mass_registration_firms = 500; ///< active firms at one postcode, inclusive, ≥ 2
    /// From so many active firms on a postcode may be a formation agent's; inclusive, ≥ 2
    std::uint32_t formation_agent_firms = 50;
    /// … if this share of them was incorporated in the last two years; inclusive, 0 to 1
    double formation_agent_young_share = 0.5;
    bool keep_mass_registration = false; ///< count such addresses when clusters are formed
};

/// [link]: scores lie in [0, 1].
struct LinkSettings {
    bool fuzzy = true;
    double accept_score = 0.9;    ///< matches at or above it are links
    double candidate_score = 0.2; ///< at or above it, listed for a person to look at
};

/// [evidence]
struct EvidenceSettings {
    std::uint32_t window_years = 10; ///< evidence counts for so long before as_of, 1–100
};

/// [sectors]
struct SectorSettings {
    std::vector<std::string>
        taxonomies;                ///< names of reference/sectors/ or files; empty = all built in
    std::vector<std::string> only; ///< slugs; empty = every sector of the taxonomies
    std::uint32_t taxonomies_line = 0; ///< of the project file, for messages
    std::uint32_t only_line = 0;
};

/// [cluster]
struct ClusterSettings {
    ClusterMethod method = ClusterMethod::dbscan;
    std::uint32_t eps_line = 0;           ///< of the project file
    std::optional<double> eps_m = 1000.0; ///< metres, inclusive, (0, 200 000]; nothing = "auto"
    std::uint32_t min_points = 10;        ///< sites within eps_m, the site itself counted, ≥ 1
    std::uint32_t min_enterprises = 10;   ///< distinct enterprises, ≥ 1
    double max_extent_km = 60.0;          ///< a wider cluster is split, > 0
};

/// [outline]: all metres in the project's CRS.
struct OutlineSettings {
    double grid_m = 250.0;    ///< members are snapped to it, [25, 10 000]
    double buffer_m = 250.0;  ///< at least outline::least_buffer of the other two
    double concavity = 0.3;   ///< ratio of the concave hull: 0 = tightest, 1 = convex
    double simplify_m = 50.0; ///< ≥ 0
};

/// A project file, checked. Defaults are those of the design; paths are relative to its folder.
struct Project {
    std::filesystem::path file;
    std::string name;
    std::string crs = "auto";   ///< checked by geo::Projection
    std::uint32_t crs_line = 0; ///< of the project file; 0 where it says nothing
    std::string as_of;          ///< ISO date
    Disclosure disclosure = Disclosure::open;
    bool is_example = false; ///< [project] example = true: everything made from it says so
    std::uint64_t seed = 1;  ///< of every random draw
    std::vector<ingest::Source> sources;
    IngestSettings ingest;
    LocateSettings locate;
    LinkSettings link;
    EvidenceSettings evidence;
    SectorSettings sectors;
    ClusterSettings cluster;
    OutlineSettings outline;
    /// [currency]: pounds for one unit, by ISO code; amounts in others have no value in pounds.
    std::map<std::string, double> gbp_per;
};

/// A project file as far as it is right, and all that is wrong with it.
struct InspectedProject {
    Project project;                  ///< with the default wherever a setting is wrong
    std::vector<Error> faults;        ///< by line; empty: the project is as `read_project` gives it
    std::size_t sources_left_out = 0; ///< too much is wrong with what they say to read them
};

/// Reads a project file and goes on after every fault.
/// \errors input: missing file, not TOML
[[nodiscard]] Result<InspectedProject> inspect_project(const std::filesystem::path& path);

/// Reads and checks a project file.
/// \errors input: missing file, not TOML, unknown key (the nearest known one is named), value of
///         the wrong type or out of range. All of them are found in one go: one error whose text
///         has one line "file:line: what. Remedy." for each.
[[nodiscard]] Result<Project> read_project(const std::filesystem::path& path);

/// The same, from a text; `path` only names it and gives the folder.
[[nodiscard]] Result<Project> parse_project(std::string_view text,
                                            const std::filesystem::path& path);

/// Every file that a build of the project reads, as far as they can be found.
[[nodiscard]] std::vector<std::filesystem::path> files_read(const Project& project);

} // namespace icmap::pipeline
