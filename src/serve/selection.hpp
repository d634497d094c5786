#pragma once

#include "publish/disclosure.hpp"
#include "serve/answers.hpp"
#include "serve/site_table.hpp"

#include <optional>

namespace icmap::serve {

/// Below so many firms nothing is told of a selection, or of a sector in it, under official
/// disclosure.
inline constexpr std::size_t kFewestFirms = publish::kFewestEnterprises;

/// The clusters of a selection that are listed where the asker names no number, and the most.
inline constexpr std::int64_t kClustersListed = 200;
inline constexpr std::int64_t kMostClustersListed = 1000;

/// What a selection is answered from.
struct SelectionSubject {
    std::optional<std::size_t> area; ///< of the catalogue; nothing for a drawn selection
    Box bounds;                      ///< degrees
    double area_km2 = 0.0;
    Inside inside;
    std::int64_t institutions = 0;
    std::size_t limit = kClustersListed; ///< of the clusters listed; all are counted
};

/// A location quotient with its interval; NaN where it has none.
struct Quotient {
    double value = 0.0, low = 0.0, high = 0.0;
};

/// How much more common a sector is here than everywhere, with its 95 % interval.
/// \param here sites of the sector of all \p here_all sites inside; everywhere likewise, inside
/// included \returns NaN in the interval where here = 0 \source log-normal approximation of the
/// ratio of two shares (Katz, Baptista, Azen, Pike 1978)
[[nodiscard]] Quotient location_quotient(double here, double here_all, double everywhere,
                                         double everywhere_all);

/// Official counts: none of a few, and to the nearest five, so that two selections that differ by
/// one firm do not tell of it.
[[nodiscard]] std::size_t official_count(std::size_t count);

/// The answer Selection of the contract.
[[nodiscard]] std::string selection_json(const AtlasView& atlas, const SelectionSubject& subject,
                                         const SectorChoice& sectors);

/// An area with its counts, as the contract has it.
void write_area(JsonWriter& json, const AreaEntry& area);

} // namespace icmap::serve
