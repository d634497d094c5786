#include "serve/summary.hpp"

#include "base/progress.hpp"

#include <cctype>
#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

double figure(const Catalogue& catalogue, std::string_view name, std::size_t cluster) {
    const MeasureEntry* measure = catalogue.find_measure(name);
    return measure != nullptr ? measure->values[cluster] : std::nan("");
}

std::string_view kind_of(std::string_view type) {
    return type == "specialised"         ? "a specialised cluster"
           : type == "rdi_collaborating" ? "an R&D collaborating cluster"
           : type == "diverse"           ? "a diverse cluster"
                                         : "a cluster not marked as R&D-active";
}

/// A share as people say it.
std::string share_in_words(double share) {
    const double percent = share * 100.0;
    if (percent < 1.0) {
        return percent > 0.0 ? "fewer than 1 %" : "none";
    }
    if (percent >= 99.5) {
        return share < 1.0 ? "nearly all" : "all";
    }
    return fmt::format("{:.0f} %", percent);
}

/// What the figures tell, from the kind of cluster on, in the middle of a sentence.
std::string figures_in_words(const Catalogue& catalogue, std::size_t index) {
    const ClusterEntry& cluster = catalogue.clusters[index];
    std::string sentence = fmt::format("{} of {} enterprises", kind_of(cluster.type),
                                       grouped(cluster.enterprise_count));
    if (const double quotient = figure(catalogue, "location_quotient", index);
        std::isfinite(quotient)) {
        sentence += fmt::format(", {:.1f} times the sector's usual share", quotient);
    }
    if (const double share = figure(catalogue, "rdi_active_share", index); std::isfinite(share)) {
        sentence += fmt::format("; {} show R&D activity", share_in_words(share));
    }
    if (const double jobs = figure(catalogue, "employment", index);
        std::isfinite(jobs) && jobs > 0) {
        sentence +=
            fmt::format("; {} known jobs", grouped(static_cast<std::uint64_t>(std::llround(jobs))));
        // "Most" of ten jobs that are known would say nothing of the cluster.
        constexpr double kFewestJobs = 50.0;
        if (const double share = figure(catalogue, "largest_firm_employment_share", index);
            share > 0.5 && jobs >= kFewestJobs) {
            sentence += share >= 0.995 ? ", nearly all of them at one enterprise"
                                       : fmt::format(", {:.0f} % of them at one enterprise",
                                                     std::floor(share * 100.0));
        }
    }
    return sentence + '.';
}

} // namespace

std::string summary_of(const Catalogue& catalogue, std::size_t index) {
    const ClusterEntry& cluster = catalogue.clusters[index];
    return fmt::format("{}, {}: {}", cluster.name, catalogue.sectors[cluster.sector].name,
                       figures_in_words(catalogue, index));
}

std::string nameless_summary_of(const Catalogue& catalogue, std::size_t index) {
    std::string sentence = figures_in_words(catalogue, index);
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
    return sentence;
}

} // namespace icmap::serve
