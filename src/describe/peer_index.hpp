#pragma once

#include "describe/peer_distance.hpp"

#include <functional>
#include <span>

namespace icmap::describe {

/// Rows that lie nearest to one, found without the exact distance to every other: profiles lie side
/// by side by sector, then size, and a bound that eight numbers at a time are enough for decides
/// which of them are compared. Profiles and comparison must outlive it.
class PeerIndex {
  public:
    PeerIndex(const std::vector<PeerProfile>& profiles, const Comparison& comparison,
              const PeerOptions& options);

    /// Distance and row, nearest first, ties by row.
    using Near = std::pair<double, std::uint32_t>;

    /// The `wanted` nearest of the row's own sector.
    [[nodiscard]] std::vector<Near> in_own_sector(std::uint32_t row, std::size_t wanted) const;

    /// The `wanted` nearest of the other sectors among those that `counts` says yes to; of all
    /// clusters or, where there are more than options.compare_all, of a part (see find_peers).
    [[nodiscard]] std::vector<Near>
    in_other_sectors(std::uint32_t row, std::size_t wanted,
                     const std::function<bool(std::uint32_t)>& counts) const;

  private:
    struct Sector {
        std::uint16_t id = 0;
        std::size_t begin = 0; ///< positions in row_
        std::size_t end = 0;
        std::vector<float> mix;         ///< mean of the roots of its clusters' shares
        std::vector<std::size_t> liked; ///< other sectors, likest mix first
    };
    struct Search;

    void lay_out(const std::vector<Scaled>& scaled);
    void order_sectors();
    /// False where the size alone makes the position farther than all found; so are then all
    /// beyond.
    [[nodiscard]] bool may_be_near(const Search& search, std::size_t at) const;
    void look(Search& search, std::size_t begin, std::size_t end) const;
    /// Looks closer at one position, whose cheap parts are given.
    void compare(Search& search, std::size_t at, float squares, float parts) const;

    const std::vector<PeerProfile>& profiles_;
    const Comparison& comparison_;
    PeerOptions options_;
    std::vector<std::uint32_t> row_;      ///< by position
    std::vector<std::uint32_t> position_; ///< by row
    std::vector<std::size_t> sector_of_;  ///< by position, index into sectors_
    std::vector<Sector> sectors_;
    std::array<std::vector<float>, kTraits> trait_; ///< by position; 0 where not known
    std::array<std::vector<float>, kTraits> known_; ///< 1 or 0
    std::vector<float> has_mix_;
    std::size_t width_ = 0;  ///< industries, rounded up to eight
    std::vector<float> mix_; ///< roots of shares, by position and industry
};

} // namespace icmap::describe
