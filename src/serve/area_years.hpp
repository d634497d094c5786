#pragma once

#include "base/result.hpp"
#include "serve/catalogue.hpp"
#include "store/connection.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace icmap::serve {

/// What is known of the firms inside each area, year by year over the years of the map: what
/// sql/serve/area_years.sql answers for one area (docs/methods/areas.md), summed once for all.
class AreaYears {
  public:
    /// \param is_closing ends reading early; the sums are of no use then
    /// \errors internal: accounts are not in the order of their firms; more than 250 years;
    /// otherwise DuckDB's
    /// \complexity linear in the register, its accounts and its sites by level; some 30 bytes for
    /// each firm while it reads
    [[nodiscard]] static Result<AreaYears> read(store::Connection& session,
                                                const Catalogue& catalogue,
                                                const std::atomic<bool>& is_closing);

    /// The list `years` of the answer AreaYears, as JSON.
    /// \param area_id of the catalogue
    [[nodiscard]] std::string json(std::uint32_t area_id) const;

  private:
    friend class AreaYearsReader;
    /// The sums of an area and a year.
    struct Sums {
        std::int64_t enterprises = 0;
        std::int64_t employees = 0;
        std::int64_t reporting = 0; ///< firms that the employees are of
        double public_gbp = 0.0, private_gbp = 0.0;
        std::uint32_t projects = 0;
        bool is_public_known = false, is_private_known = false; ///< an amount is
        bool has_projects = false, has_deals = false;
    };
    /// Between which years the sources speak of a series, and hold them whole.
    struct Held {
        std::int32_t first = 1, last = 0, first_whole = 1, last_whole = 0;
        [[nodiscard]] bool speaks_of(std::int32_t year) const {
            return year >= first && year <= last;
        }
        [[nodiscard]] bool is_whole(std::int32_t year) const {
            return year >= first_whole && year <= last_whole;
        }
    };

    std::vector<std::int32_t> years_; ///< ascending
    std::int32_t first_year_ = 0;
    std::size_t span_ = 0;   ///< years from the first to the last
    std::vector<Sums> sums_; ///< by area_id, then year counted from the first
    Held employees_, public_money_, private_money_;
};

} // namespace icmap::serve
