#include "describe/peer_distance.hpp"

#include <algorithm>

namespace icmap::describe {
namespace {

bool is_logarithmic(std::size_t trait) {
    return trait == static_cast<std::size_t>(Trait::enterprises) ||
           trait == static_cast<std::size_t>(Trait::location_quotient) ||
           trait == static_cast<std::size_t>(Trait::public_funding_gbp);
}

/// Money starts at 1, so that none has a logarithm.
std::vector<Scaled> scale(const std::vector<PeerProfile>& profiles) {
    std::vector<Scaled> scaled(profiles.size());
    for (std::size_t t = 0; t < kTraits; ++t) {
        double n = 0.0;
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t i = 0; i < profiles.size(); ++i) {
            const double raw = profiles[i].traits[t];
            const double offset =
                t == static_cast<std::size_t>(Trait::public_funding_gbp) ? 1000.0 : 0.0;
            scaled[i][t] = is_logarithmic(t) ? std::log(raw + offset) : raw;
            if (std::isfinite(scaled[i][t])) {
                n += 1.0;
                sum += scaled[i][t];
            }
        }
        const double mean = n > 0.0 ? sum / n : 0.0;
        for (const Scaled& one : scaled) {
            squares += std::isfinite(one[t]) ? (one[t] - mean) * (one[t] - mean) : 0.0;
        }
        const double deviation = n > 1.0 ? std::sqrt(squares / n) : 0.0;
        for (Scaled& one : scaled) {
            // What all clusters share tells none apart.
            one[t] = deviation > 1e-12 ? (one[t] - mean) / deviation : std::nan("");
        }
    }
    return scaled;
}

/// 0 = the same mix of industries, 1 = none in common.
double hellinger(const PeerProfile& a, const PeerProfile& b) {
    if (a.mix.empty() || b.mix.empty()) {
        return std::nan("");
    }
    double overlap = 0.0;
    for (auto i = a.mix.begin(), j = b.mix.begin(); i != a.mix.end() && j != b.mix.end();) {
        if (i->first == j->first) {
            overlap += std::sqrt(i->second * j->second);
            ++i;
            ++j;
        } else if (i->first < j->first) {
            ++i;
        } else {
            ++j;
        }
    }
    return std::sqrt(std::max(0.0, 1.0 - overlap));
}

} // namespace

Comparison::Comparison(const std::vector<PeerProfile>& profiles)
    : profiles_(profiles), scaled_(scale(profiles)) {}

Difference Comparison::between(std::size_t a, std::size_t b) const {
    Difference difference;
    for (std::size_t t = 0; t < kTraits; ++t) {
        const double apart = std::abs(scaled_[a][t] - scaled_[b][t]);
        difference.parts[t] = std::isfinite(apart) ? std::min(apart, kFarthest) : std::nan("");
    }
    difference.parts[kMix] = 2.0 * hellinger(profiles_[a], profiles_[b]);
    difference.parts[kType] = profiles_[a].type == profiles_[b].type ? 0.0 : 1.0;
    double squares = 0.0;
    int known = 0;
    for (const double part : difference.parts) {
        if (!std::isnan(part)) {
            squares += part * part;
            ++known;
        }
    }
    // The type is always known: two more make a comparison.
    if (known >= 3) {
        difference.total = std::sqrt(squares / known);
    }
    return difference;
}

} // namespace icmap::describe
