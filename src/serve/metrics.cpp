#include "serve/metrics.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace icmap::serve {

Metrics::Metrics(std::vector<std::string> names)
    : names_(std::move(names)), counters_(names_.size()) {}

void Metrics::count(std::size_t route, int status, double seconds) {
    Counters& counters = counters_[route];
    ++counters.by_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)];
    ++counters.requests;
    counters.microseconds += static_cast<std::uint64_t>(seconds * 1e6);
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        counters.buckets[i] += seconds <= kBounds[i] ? 1 : 0;
    }
}

std::string Metrics::text() const {
    std::string out = "# HELP icmap_requests_total Requests answered.\n"
                      "# TYPE icmap_requests_total counter\n";
    for (std::size_t i = 0; i < names_.size(); ++i) {
        for (std::size_t k = 0; k < counters_[i].by_class.size(); ++k) {
            if (const auto count = counters_[i].by_class[k].load(); count > 0) {
                out += fmt::format("icmap_requests_total{{route=\"{}\",status=\"{}xx\"}} {}\n",
                                   names_[i], k + 1, count);
            }
        }
    }
    out += "# HELP icmap_request_seconds Time from request to answer.\n"
           "# TYPE icmap_request_seconds histogram\n";
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const Counters& counters = counters_[i];
        if (counters.requests == 0) {
            continue;
        }
        for (std::size_t k = 0; k < kBounds.size(); ++k) {
            out += fmt::format("icmap_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                               names_[i], kBounds[k], counters.buckets[k].load());
        }
        const auto requests = counters.requests.load();
        out += fmt::format("icmap_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                           "icmap_request_seconds_sum{{route=\"{0}\"}} {2}\n"
                           "icmap_request_seconds_count{{route=\"{0}\"}} {1}\n",
                           names_[i], requests,
                           static_cast<double>(counters.microseconds.load()) / 1e6);
    }
    return out;
}

} // namespace icmap::serve
