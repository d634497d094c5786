#include "pipeline/reject_limit.hpp"

#include "base/program_name.hpp"
#include "base/progress.hpp"
#include "base/words.hpp"

#include <fmt/format.h>
#include <vector>

namespace icmap::pipeline {
namespace {

bool is_too_much(const ingest::SourceReport& source, double max_share) {
    return source.rows_rejected > 0 &&
           (source.rows_kept == 0 || static_cast<double>(source.rows_rejected) >
                                         max_share * static_cast<double>(source.rows_read));
}

/// With as many digits as it takes not to say 0.0 of some.
std::string percent(std::uint64_t part, std::uint64_t of) {
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(of);
    return share >= 0.05 ? fmt::format("{:.1f}", share) : fmt::format("{:.2g}", share);
}

std::string told(const ingest::SourceReport& source) {
    std::string text =
        fmt::format("\n  {} ({}), {}: {} of {} rejected ({} %)", source.kind, source.format,
                    source.path, grouped(source.rows_rejected), counted(source.rows_read, "row"),
                    percent(source.rows_rejected, source.rows_read));
    for (const ingest::RejectCount& fault : source.rejects) {
        if (fault.severity != "error") {
            continue;
        }
        text += fmt::format("\n    {} × {}", grouped(fault.rows), fault.code);
        for (const std::string& example : fault.examples) {
            text += "\n      " + example;
        }
    }
    return text;
}

} // namespace

Result<void> check_rejects(const Project& project, std::span<const ingest::SourceReport> sources) {
    const double max_share = project.ingest.max_reject_share;
    std::string all;
    std::uint64_t count = 0;
    for (const ingest::SourceReport& source : sources) {
        if (is_too_much(source, max_share)) {
            all += told(source);
            ++count;
        }
    }
    if (count == 0) {
        return {};
    }
    Error error;
    error.file = project.file.string();
    const std::string listed = fmt::format("{} validate {} --rejects FILE.csv lists them all",
                                           program_name(), project.file.string());
    if (project.ingest.is_strict) {
        error.what = fmt::format("--strict takes no rejected row, and {} {} some:{}\n",
                                 counted(count, "source"), count == 1 ? "has" : "have", all);
        error.remedy = fmt::format("Mend the rows ({}), or build without --strict; the atlas that "
                                   "was there stays",
                                   listed);
        return tl::unexpected(std::move(error));
    }
    error.what = fmt::format("Too much of {} was rejected:{}\n", counted(count, "source"), all);
    error.field = "ingest.max_reject_share";
    error.value = fmt::format("{}", max_share);
    error.remedy =
        fmt::format("Mend the rows ({}), or raise the share that is allowed; the atlas that was "
                    "there stays",
                    listed);
    return tl::unexpected(std::move(error));
}

} // namespace icmap::pipeline
