#include "demo/demo.hpp"

#include "demo/area_writer.hpp"
#include "demo/institution_writer.hpp"
#include "demo/plan.hpp"
#include "demo/projects.hpp"
#include "demo/registers.hpp"
#include "demo/truth_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>

namespace icmap::demo {
namespace {

// Bytes on disk per firm, all files together, rounded up; the rest is land and areas.
constexpr std::uint64_t kBytesPerFirm = 1100;
constexpr std::uint64_t kFixedBytes = 8'000'000;

Result<void> check_options(const DemoOptions& options) {
    if (options.firms >= kLeastFirms && options.firms <= kMostFirms) {
        return {};
    }
    Error error;
    error.kind = ErrorKind::usage;
    error.what =
        fmt::format("The example has {} to {} firms", grouped(kLeastFirms), grouped(kMostFirms));
    error.field = "--firms";
    error.value = std::to_string(options.firms);
    error.remedy = fmt::format("Give --firms a number from {} to {}", kLeastFirms, kMostFirms);
    return tl::unexpected(std::move(error));
}

/// Refuses early what would fail late, and takes away the old project file first, so that the
/// folder never holds one that does not fit its data.
Result<void> prepare(const std::filesystem::path& directory, const DemoOptions& options) {
    std::error_code failed;
    std::filesystem::create_directories(directory, failed);
    if (failed || !std::filesystem::is_directory(directory)) {
        Error error;
        error.file = directory.string();
        error.what = fmt::format("The folder cannot be made: {}",
                                 failed ? failed.message() : "there is a file of that name");
        error.remedy = "Choose a folder you may write to";
        return tl::unexpected(std::move(error));
    }
    const auto space = std::filesystem::space(directory, failed);
    const std::uint64_t needed = options.firms * kBytesPerFirm + kFixedBytes;
    if (!failed && space.available < needed) {
        Error error;
        error.file = directory.string();
        error.what = fmt::format("the example needs about {} MB and the disk has {} MB free",
                                 needed / 1'000'000, space.available / 1'000'000);
        error.remedy = "Free space on that disk, or choose another folder, or fewer --firms";
        return tl::unexpected(std::move(error));
    }
    std::filesystem::remove(directory / "project.toml", failed);
    return {};
}

Result<void> write_geography(const std::filesystem::path& directory, Progress& progress) {
    StageTimer timer(progress, "geography");
    ICMAP_TRY(write_places(directory / "places/GB.txt"));
    ICMAP_TRY(write_coastline(directory / "coastline/uk.geojson"));
    ICMAP_TRY(write_areas(directory / "areas/areas.geojson"));
    timer.finish(settlements().size(),
                 fmt::format("{} settlements and their areas", grouped(settlements().size())));
    return {};
}

Result<void> write_research(const std::filesystem::path& directory, const Plan& plan,
                            const std::vector<ActiveFirm>& actives, Progress& progress,
                            DemoSummary& summary, std::vector<DirtyRow>& dirt) {
    StageTimer timer(progress, "research");
    Research research{&plan, &actives, make_projects(plan, actives), {}, {}};
    ICMAP_TRY(write_innovate_uk(directory, research, summary));
    ICMAP_TRY(write_gateway(directory, research, summary));
    ICMAP_TRY(write_cordis(directory, research, summary));
    ICMAP_TRY(write_patents(directory, research, summary));
    ICMAP_TRY(write_deals(directory, research, summary));
    ICMAP_TRY(research.links.write(directory));
    std::ranges::move(research.dirt, std::back_inserter(dirt));
    timer.finish(summary.participations + summary.patents + summary.deals,
                 fmt::format("{} projects, {} patents, {} deals", grouped(summary.projects),
                             grouped(summary.patents), grouped(summary.deals)));
    return {};
}

} // namespace

Result<DemoSummary> write_example_project(const std::filesystem::path& directory,
                                          const DemoOptions& options, Progress& progress) {
    const auto start = std::chrono::steady_clock::now();
    ICMAP_TRY(check_options(options));
    ICMAP_TRY(prepare(directory, options));
    DemoSummary summary;
    std::vector<DirtyRow> dirt;
    ICMAP_TRY(write_geography(directory, progress));
    const Plan plan = make_plan(options);
    ICMAP_ASSIGN(const auto actives, write_registers(directory, plan, progress, summary, dirt));
    ICMAP_TRY(write_research(directory, plan, actives, progress, summary, dirt));
    ICMAP_TRY(write_institutions(directory, plan));
    ICMAP_TRY(write_support(directory));
    ICMAP_TRY(write_planted_sectors(directory));
    ICMAP_TRY(write_planted_clusters(directory, plan));
    summary.dirty_rows = dirt.size();
    ICMAP_TRY(write_dirt(directory, std::move(dirt)));
    ICMAP_TRY(write_readme(directory, plan));
    ICMAP_TRY(write_project_file(directory, plan));
    summary.project_file = directory / "project.toml";
    summary.planted_clusters = plan.clusters.size();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    summary.seconds = elapsed.count();
    return summary;
}

} // namespace icmap::demo
