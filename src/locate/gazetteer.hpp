#pragma once

#include "base/result.hpp"
#include "base/short_text_map.hpp"
#include "base/units.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace icmap::locate {

/// How exactly a position is known; spelled as in the atlas.
enum class Precision : std::uint8_t { coordinate, unit, sector, district, none };

/// Where postcodes are: the units of the directory, and the middles of its sectors and districts.
class Gazetteer {
  public:
    /// Reads postcode and the temporary tables sector_centre and district_centre.
    [[nodiscard]] static Result<Gazetteer> read(store::Connection& connection);

    /// The place of a postcode: its unit's, or its sector's, or its district's.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view postcode) const;

    /// Of many postcodes asked for in a row: beforehand (ShortTextMap::prefetch).
    void expect(std::string_view postcode) const { places_.prefetch(postcode); }

    [[nodiscard]] std::size_t size() const { return positions_.size(); }
    [[nodiscard]] LonLat position(std::uint32_t place) const { return positions_[place]; }
    [[nodiscard]] Precision precision(std::uint32_t place) const {
        return place < first_sector_     ? Precision::unit
               : place < first_district_ ? Precision::sector
                                         : Precision::district;
    }

  private:
    Result<void> add(store::Connection& connection, std::string_view query);

    std::vector<LonLat> positions_; ///< units, sectors, districts
    std::uint32_t first_sector_ = 0;
    std::uint32_t first_district_ = 0;
    ShortTextMap places_; ///< "S10 2TN", "S10 2" and "S10": no two kinds look alike
};

} // namespace icmap::locate
