#include "describe/peers.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {
namespace {

constexpr double kFarthest = 3.0; // standard deviations: one odd trait must not decide alone
constexpr std::size_t kMix = kTraits;
constexpr std::size_t kType = kTraits + 1;
constexpr std::size_t kParts = kTraits + 2;
constexpr double kAlike = 0.75; // a part that differs more is no reason
constexpr std::size_t kReasons = 3;

using Scaled = std::array<double, kTraits>;

bool is_logarithmic(std::size_t trait) {
    return trait == static_cast<std::size_t>(Trait::enterprises) ||
           trait == static_cast<std::size_t>(Trait::location_quotient) ||
           trait == static_cast<std::size_t>(Trait::public_funding_gbp);
}

/// Traits in standard deviations of all clusters. Money starts at 1, so that none has a logarithm.
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

/// How far two clusters are apart, part by part; NaN where one is not known.
struct Difference {
    std::array<double, kParts> parts{};
    double total = std::nan("");
};

class Comparison {
  public:
    explicit Comparison(const std::vector<PeerProfile>& profiles)
        : profiles_(profiles), scaled_(scale(profiles)) {}

    [[nodiscard]] Difference between(std::size_t a, std::size_t b) const {
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

  private:
    const std::vector<PeerProfile>& profiles_;
    std::vector<Scaled> scaled_;
};

std::string money(double gbp) {
    return gbp >= 999'500.0 ? fmt::format("£{:.1f} million", gbp / 1e6)
           : gbp >= 999.5   ? fmt::format("£{:.0f},000", gbp / 1000.0)
                            : fmt::format("£{:.0f}", gbp);
}

std::string words_of(std::size_t part, const PeerProfile& a, const PeerProfile& b) {
    if (part == kMix) {
        return "mix of industries";
    }
    if (part == kType) {
        return "type";
    }
    const double x = a.traits[part];
    const double y = b.traits[part];
    switch (static_cast<Trait>(part)) {
    case Trait::enterprises:
        return fmt::format("size ({:.0f} and {:.0f} enterprises)", x, y);
    case Trait::location_quotient:
        return fmt::format("specialisation ({:.1f} and {:.1f} times the usual share)", x, y);
    case Trait::rdi_active_share:
        return fmt::format("RD&I-active enterprises ({:.0f} % and {:.0f} %)", 100 * x, 100 * y);
    case Trait::public_funding_gbp:
        return fmt::format("public R&D funding an enterprise ({} and {})", money(x), money(y));
    case Trait::patent_share:
        return fmt::format("enterprises with a patent ({:.0f} % and {:.0f} %)", 100 * x, 100 * y);
    case Trait::largest_firm_share:
        return fmt::format("the largest enterprise's share ({:.0f} % and {:.0f} %)", 100 * x,
                           100 * y);
    case Trait::founding_year:
        return fmt::format("age (median founding years {:.0f} and {:.0f})", x, y);
    }
    return "";
}

std::string reasons(const Difference& difference, const PeerProfile& a, const PeerProfile& b) {
    std::array<std::size_t, kParts> order{kMix}; // in ties what they make speaks first
    for (std::size_t trait = 0; trait < kTraits; ++trait) {
        order[trait + 1] = trait;
    }
    order.back() = kType;
    std::stable_sort(order.begin(), order.end(), [&difference](std::size_t i, std::size_t j) {
        const double left = difference.parts[i];
        const double right = difference.parts[j];
        return std::isnan(right) ? !std::isnan(left) : left < right;
    });
    std::string text;
    std::size_t given = 0;
    for (const std::size_t part : order) {
        // That both have nothing of something says little.
        const bool is_nothing = part < kTraits && a.traits[part] == 0.0 && b.traits[part] == 0.0;
        if (given < kReasons && difference.parts[part] <= kAlike && !is_nothing) {
            text += (given == 0 ? "Alike in " : "; ") + words_of(part, a, b);
            ++given;
        }
    }
    return given > 0 ? text : "The nearest there is, but alike in little";
}

bool lie_apart(const PeerProfile& a, const PeerProfile& b) {
    return a.max_lon_deg < b.min_lon_deg || b.max_lon_deg < a.min_lon_deg ||
           a.max_lat_deg < b.min_lat_deg || b.max_lat_deg < a.min_lat_deg;
}

using Near = std::pair<double, std::uint32_t>; // distance, row

void keep_nearest(std::vector<Near>& found, std::size_t wanted) {
    const auto kept = static_cast<std::ptrdiff_t>(std::min(wanted, found.size()));
    std::partial_sort(found.begin(), found.begin() + kept, found.end());
    found.resize(static_cast<std::size_t>(kept));
}

} // namespace

std::vector<std::vector<Peer>> find_peers(const std::vector<PeerProfile>& profiles,
                                          const PeerOptions& options) {
    const Comparison comparison(profiles);
    std::vector<std::vector<Peer>> peers(profiles.size());
    parallel_for_each(profiles.size(), 8, [&](std::size_t i) {
        std::vector<Near> same;
        std::vector<Near> other;
        for (std::uint32_t j = 0; j < profiles.size(); ++j) {
            const bool is_same = profiles[i].sector == profiles[j].sector;
            if (i == j || (!is_same && !lie_apart(profiles[i], profiles[j]))) {
                continue;
            }
            const double distance = comparison.between(i, j).total;
            if (!std::isnan(distance)) {
                (is_same ? same : other).emplace_back(distance, j);
            }
        }
        keep_nearest(same, options.same_sector);
        keep_nearest(other, 20 * options.other_sectors);
        std::size_t places = 0;
        std::vector<std::uint32_t> chosen;
        for (const Near& near : other) {
            // One of a place: the same firms appear there under several headings.
            const bool is_new = std::all_of(chosen.begin(), chosen.end(), [&](std::uint32_t row) {
                return lie_apart(profiles[row], profiles[near.second]);
            });
            if (is_new && places < options.other_sectors) {
                chosen.push_back(near.second);
                same.push_back(near);
                ++places;
            }
        }
        for (const auto& [distance, row] : same) {
            peers[i].push_back(
                {row, distance, reasons(comparison.between(i, row), profiles[i], profiles[row])});
        }
    });
    return peers;
}

} // namespace icmap::describe
