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

std::string told(const ingest::SourceReport& source) {
    std::string text = fmt::format(
        "\n  {} ({}), {}: {} of {} rejected ({:.1f} %)", source.kind, source.format, source.path,
        grouped(source.rows_rejected), counted(source.rows_read, "row"),
        100.0 * static_cast<double>(source.rows_rejected) / static_cast<double>(source.rows_read));
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
    error.what = fmt::format("Too much of {} was rejected:{}\n ", counted(count, "source"), all);
    error.field = "ingest.max_reject_share";
    error.value = fmt::format("{}", max_share);
    error.remedy =
        fmt::format("Mend the rows ({} validate {} --rejects FILE.csv lists them all), or raise "
                    "the share that is allowed; the atlas that was there stays",
                    program_name(), project.file.string());
    return tl::unexpected(std::move(error));
}

} // namespace icmap::pipeline
