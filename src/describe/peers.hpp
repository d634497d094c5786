#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace icmap::describe {

/// What clusters are compared by; words for it stand in the reasons.
enum class Trait : std::uint8_t {
    enterprises,       ///< number; compared as its logarithm
    location_quotient, ///< compared as its logarithm
    rdi_active_share,
    public_funding_gbp, ///< per enterprise; compared as its logarithm
    patent_share,
    largest_firm_share,
    founding_year,
};
constexpr std::size_t kTraits = 7;

/// What is compared of one cluster.
struct PeerProfile {
    std::uint16_t sector = 0;
    std::string type;                     ///< specialised, …
    std::array<double, kTraits> traits{}; ///< by Trait; NaN: not known
    /// Shares of the enterprises by industry, by code; they sum to 1, or are none.
    std::vector<std::pair<std::uint32_t, double>> mix;
    double min_lon_deg = 0.0, min_lat_deg = 0.0, max_lon_deg = 0.0, max_lat_deg = 0.0;
};

struct Peer {
    std::uint32_t row = 0; ///< index into the profiles
    double distance = 0.0; ///< 0 = the same in all that is known of both
    std::string why;       ///< the three likest traits in words
};

struct PeerOptions {
    std::size_t same_sector = 5;
    std::size_t other_sectors = 3;
    /// Up to that many clusters all are compared with all; with more, peers of other sectors are
    /// looked for in the `like_sectors` sectors of the likest mix of industries, among the
    /// `of_like_size` clusters of each that are nearest in size.
    std::size_t compare_all = 4096;
    std::size_t like_sectors = 8;
    std::size_t of_like_size = 256;
};

/// The most similar clusters of each: first those of its sector, then those of other sectors that
/// lie elsewhere, one of a place (their boxes do not meet: the same firms under another heading are
/// no peer).
///
/// Distance: root of the mean, over the traits that both have, of the squared difference in
/// standard deviations of all clusters (at most 3); the mix of industries enters as twice its
/// Hellinger distance, the type as 0 or 1. Two traits at least must be known of both. Ties go by
/// row. Those of its own sector are always the nearest there are. \returns one list a profile, the
/// same on any number of threads \complexity profiles × (those of its sector + those of others that
/// are looked at) × traits; the industries of the few that a bound lets through \source Hellinger
/// 1909 for the mix; the choice of traits is ours
[[nodiscard]] std::vector<std::vector<Peer>> find_peers(const std::vector<PeerProfile>& profiles,
                                                        const PeerOptions& options);

/// Peers as they are told: the most alike first, whatever their sectors; alike ones as they were.
[[nodiscard]] std::vector<Peer> by_likeness(std::vector<Peer> peers);

} // namespace icmap::describe
