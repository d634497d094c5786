#pragma once

#include "base/short_text_map.hpp"
#include "link/word_table.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace icmap::link {

/// How near two postcodes are, nearest first.
enum class Nearness : std::uint8_t { unit, sector, district, area, elsewhere, unknown };
inline constexpr std::size_t kNearnessLevels = 4; ///< unit to area have a place of their own

inline constexpr std::uint32_t kNoPlace = kNoWord;

/// Postcodes by number, each with the sector, district and area it lies in, and how many
/// registered names there are in each.
class PostcodePlaces {
  public:
    /// The number of a postcode ("S10 2TN"; of "S10" the district is all that is known); kNoPlace
    /// for what is no postcode.
    std::uint32_t add(std::string_view postcode);
    /// Of many postcodes added in a row: beforehand (ShortTextMap::prefetch).
    void expect(std::string_view postcode) const { numbers_.prefetch(postcode); }
    /// Counts one firm at the postcode.
    void count(std::uint32_t postcode);

    [[nodiscard]] Nearness nearness(std::uint32_t a, std::uint32_t b) const;
    /// The firms counted in the unit, sector, district or area of a postcode.
    [[nodiscard]] std::uint32_t firms(std::uint32_t postcode, Nearness level) const;
    [[nodiscard]] std::size_t size() const { return levels_.size(); }

  private:
    ShortTextMap numbers_;
    std::array<WordTable, kNearnessLevels> places_;
    std::vector<std::array<std::uint32_t, kNearnessLevels>> levels_; ///< by postcode
    std::array<std::vector<std::uint32_t>, kNearnessLevels> firms_;  ///< by place
};

} // namespace icmap::link
