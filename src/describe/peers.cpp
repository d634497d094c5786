#include "describe/peers.hpp"

#include "base/parallel.hpp"
#include "describe/peer_distance.hpp"
#include "describe/peer_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace icmap::describe {
namespace {

constexpr double kAlike = 0.75; // a part that differs more is no reason
constexpr std::size_t kReasons = 3;

std::string money(double gbp) {
    return gbp >= 999'500.0 ? fmt::format("£{:.1f} million", gbp / 1e6)
           : gbp >= 999.5   ? fmt::format("£{:.0f},000", gbp / 1000.0)
                            : fmt::format("£{:.0f}", gbp);
}

/// A share in per cent, neither none nor all where it is not.
std::string percent(double share) {
    const double all = 100.0 * share;
    return all > 0.0 && all < 0.5       ? "under 1 %"
           : all >= 99.5 && share < 1.0 ? "over 99 %"
                                        : fmt::format("{:.0f} %", all);
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
        return fmt::format("RD&I-active enterprises ({} and {})", percent(x), percent(y));
    case Trait::public_funding_gbp:
        return fmt::format("public R&D funding an enterprise ({} and {})", money(x), money(y));
    case Trait::patent_share:
        return fmt::format("enterprises with a patent ({} and {})", percent(x), percent(y));
    case Trait::largest_firm_share:
        return fmt::format("the largest enterprise's share ({} and {})", percent(x), percent(y));
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

/// The nearest of other sectors that lie elsewhere, one of a place: the same firms appear there
/// under several headings.
std::vector<PeerIndex::Near> peers_elsewhere(std::uint32_t row, const PeerIndex& index,
                                             const PeerOptions& options) {
    std::vector<PeerIndex::Near> chosen;
    // Few are enough as a rule, and found sooner; the first of many are the same few.
    for (const std::size_t times : {std::size_t{4}, std::size_t{20}}) {
        const std::size_t wanted = times * options.other_sectors;
        const auto near = index.in_other_sectors(row, wanted);
        chosen.clear();
        for (const PeerIndex::Near& each : near) {
            const bool is_new = std::all_of(chosen.begin(), chosen.end(), [&](const auto& taken) {
                return index.lie_apart(taken.second, each.second);
            });
            if (is_new && chosen.size() < options.other_sectors) {
                chosen.push_back(each);
            }
        }
        if (chosen.size() == options.other_sectors || near.size() < wanted) {
            break;
        }
    }
    return chosen;
}

} // namespace

std::vector<std::vector<Peer>> find_peers(const std::vector<PeerProfile>& profiles,
                                          const PeerOptions& options) {
    const Comparison comparison(profiles);
    const PeerIndex index(profiles, comparison, options);
    std::vector<std::vector<Peer>> peers(profiles.size());
    parallel_for_each(profiles.size(), 8, [&](std::size_t at) {
        const std::uint32_t i = index.order()[at];
        auto chosen = index.in_own_sector(i, options.same_sector);
        const auto others = peers_elsewhere(i, index, options);
        chosen.insert(chosen.end(), others.begin(), others.end());
        for (const auto& [distance, row] : chosen) {
            peers[i].push_back(
                {row, distance, reasons(comparison.between(i, row), profiles[i], profiles[row])});
        }
    });
    return peers;
}

std::vector<Peer> by_likeness(std::vector<Peer> peers) {
    std::stable_sort(peers.begin(), peers.end(),
                     [](const Peer& a, const Peer& b) { return a.distance < b.distance; });
    return peers;
}

} // namespace icmap::describe
