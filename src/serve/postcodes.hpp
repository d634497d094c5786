#pragma once

#include "base/result.hpp"
#include "base/units.hpp"
#include "store/connection.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// All live postcodes with their positions, in memory: 16 bytes each.
class Postcodes {
  public:
    struct Found {
        std::string postcode; ///< as people write it: "S10 2TN"
        LonLat place;         ///< to about a metre
    };

    [[nodiscard]] static Result<Postcodes> read(store::Connection& session);
    /// The postcode in any spelling ("s102tn"), nothing where there is none.
    [[nodiscard]] std::optional<Found> find(std::string_view text) const;
    /// Postcodes that begin so, in order; those of a district of that very name first.
    [[nodiscard]] std::vector<Found> beginning_with(std::string_view text, std::size_t limit) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    /// Upper case, nothing but letters and digits; empty where it cannot begin a UK postcode.
    [[nodiscard]] static std::string normalise(std::string_view text);

  private:
    struct Entry {
        std::array<char, 8> key{}; ///< normalised, padded with zeros
        float lon = 0.0F, lat = 0.0F;
    };
    [[nodiscard]] static Found shown(const Entry& entry);

    std::vector<Entry> entries_; ///< by key
};

} // namespace icmap::serve
