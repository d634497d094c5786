#pragma once

#include "base/lists.hpp"
#include "describe/peer_distance.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::describe {

/// Profiles side by side in single precision: one is held against a block of others at a time. What
/// is lost in a square of a distance is below kError.
class PeerColumns {
  public:
    static constexpr std::size_t kBlock = 256;
    static constexpr std::size_t kLanes = 16; ///< positions that one step compares
    static constexpr float kError = 1e-3F;

    /// \param row of each position
    PeerColumns(const std::vector<PeerProfile>& profiles, const std::vector<Scaled>& scaled,
                std::span<const std::uint32_t> row);

    /// The positions of one block that are near enough.
    struct Block {
        std::array<float, kBlock> squares; ///< of the distances that are within the limit
        std::array<std::uint32_t, kBlock / kLanes> near; ///< a bit a position

        /// Calls `visit(i)` for those of the first `count` positions that are near enough, and for
        /// some that follow.
        template <class Visit>
        void for_each_near(std::size_t count, Visit&& visit) const {
            for (std::size_t begin = 0; begin < count; begin += kLanes) {
                for (std::uint32_t bits = near[begin / kLanes]; bits != 0; bits &= bits - 1) {
                    visit(begin + static_cast<unsigned>(std::countr_zero(bits)));
                }
            }
        }
    };

    /// Holds a position against others. Without two traits that both have there is no comparison.
    /// \param begin the first of the others, a multiple of kLanes
    /// \param count of the others, up to kBlock; the last kLanes are compared as a whole
    /// \param limit the largest square that is near enough
    void compare(std::size_t own, std::size_t begin, std::size_t count, float limit,
                 Block& block) const;

    /// Whether the sizes alone of two positions leave the square within the limit.
    [[nodiscard]] bool sizes_are_near(std::size_t a, std::size_t b, float limit) const;

    /// The roots of the shares of industries, of a position.
    struct Root {
        std::uint32_t industry = 0; ///< from 0
        float root = 0.0F;
    };
    [[nodiscard]] std::span<const Root> mix(std::size_t position) const {
        return mix_.of(position);
    }
    [[nodiscard]] std::size_t industries() const { return industries_; }

  private:
    void lay_out_mixes(const std::vector<PeerProfile>& profiles,
                       std::span<const std::uint32_t> row);

    // By position, and a block beyond the last, so that blocks are whole wherever they begin.
    std::array<std::vector<float>, kTraits> trait_; ///< NaN where not known
    std::vector<float> type_;                       ///< number of it
    std::vector<float> has_mix_;                    ///< 1 or 0
    std::size_t industries_ = 0;
    std::vector<float> root_; ///< by industry, then position
    Lists<Root> mix_;
};

} // namespace icmap::describe
