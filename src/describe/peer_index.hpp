#pragma once

#include "base/units.hpp"
#include "describe/peer_columns.hpp"
#include "describe/peer_distance.hpp"

#include <span>

namespace icmap::describe {

/// Rows that lie nearest to one, found without the exact distance to every other: profiles lie side
/// by side by sector, then size; distances of single precision, of a block of profiles at a time,
/// decide which of them are compared. Profiles and comparison must outlive it.
class PeerIndex {
  public:
    PeerIndex(const std::vector<PeerProfile>& profiles, const Comparison& comparison,
              const PeerOptions& options);

    /// Distance and row, nearest first, ties by row.
    using Near = std::pair<double, std::uint32_t>;

    /// The `wanted` nearest of the row's own sector.
    [[nodiscard]] std::vector<Near> in_own_sector(std::uint32_t row, std::size_t wanted) const;

    /// The `wanted` nearest of the other sectors among those that lie apart from it; of all
    /// clusters or, where there are more than options.compare_all, of a part (see find_peers).
    [[nodiscard]] std::vector<Near> in_other_sectors(std::uint32_t row, std::size_t wanted) const;

    /// Whether the boxes of two rows do not meet.
    [[nodiscard]] bool lie_apart(std::uint32_t a, std::uint32_t b) const;

    /// All rows, those that look at the same others one after the other.
    [[nodiscard]] std::span<const std::uint32_t> order() const { return row_; }

  private:
    struct Sector {
        std::uint16_t id = 0;
        std::size_t begin = 0; ///< positions in row_
        std::size_t end = 0;
        std::vector<float> mix;         ///< mean of the roots of its clusters' shares
        std::vector<std::size_t> liked; ///< other sectors, likest mix first
    };
    class Search;

    void order_sectors();
    void look(Search& search, std::size_t begin, std::size_t end) const;
    /// What a search has found, by the exact distance.
    [[nodiscard]] std::vector<Near> nearest(const Search& search) const;

    const std::vector<PeerProfile>& profiles_;
    const Comparison& comparison_;
    PeerOptions options_;
    std::vector<std::uint32_t> row_; ///< by position
    PeerColumns columns_;
    std::vector<std::uint32_t> position_; ///< by row
    std::vector<std::size_t> sector_of_;  ///< by position, index into sectors_
    std::vector<Sector> sectors_;
    std::vector<Box> box_; ///< by position
};

} // namespace icmap::describe
