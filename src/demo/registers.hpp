#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "demo/demo.hpp"
#include "demo/sector_writer.hpp"

#include <filesystem>
#include <vector>

namespace icmap::demo {

/// Sectors made at once; a few hundred rows each, so that memory stays in the tens of megabytes.
inline constexpr std::size_t kSectorsAtOnce = 64;

/// A row that an importer should notice, as truth/dirt.csv lists it.
struct DirtyRow {
    std::string file;
    std::uint64_t line = 0; ///< 1-based, the header is line 1
    std::string problem;    ///< a slug: bad_date, duplicate_number, …
    std::string expected;   ///< rejected | value_dropped | kept | either
    std::string detail;
};

/// Writes companies, postcodes, accounts, trading sites and truth/members.csv in one pass over the
/// postcode sectors, on all threads, in memory that does not grow with the country.
/// \returns the firms active in research and development
[[nodiscard]] Result<std::vector<ActiveFirm>>
write_registers(const std::filesystem::path& directory, const Plan& plan, Progress& progress,
                DemoSummary& summary, std::vector<DirtyRow>& dirt);

} // namespace icmap::demo
