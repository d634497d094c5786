#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::classify {

/// Sector definitions as text: a TOML taxonomy (docs/methods/sectors.md describes it), or, where
/// `file` ends in .csv, a list with the columns company_number and sector.
struct TaxonomyText {
    std::string file; ///< named in errors
    std::string text;
};

/// The text of a taxonomy of reference/sectors/ by its name ("industrial-strategy").
/// \errors input: there is no such taxonomy; the remedy names those there are
[[nodiscard]] Result<TaxonomyText> built_in_taxonomy(std::string_view name);

/// The names of the taxonomies of reference/sectors/, in the order in which they are loaded.
[[nodiscard]] std::vector<std::string> built_in_taxonomies();

struct ClassifyOptions {
    /// In order; a later one may name sectors of an earlier one as parents. Empty = all built in.
    std::vector<TaxonomyText> taxonomies;
    std::vector<std::string> only; ///< slugs; empty = all. A parent brings its sub-sectors
    /// A second connection of the same database, on which texts and codes are read while others
    /// are looked at; none: each in its turn.
    store::Connection* beside = nullptr;
};

struct SectorCount {
    std::string slug;
    std::string name;
    std::uint64_t firms = 0;
};

struct ClassifyReport {
    std::vector<SectorCount> sectors; ///< in order of sector_id, those without a firm included
    std::uint64_t firms = 0;          ///< on the register
    std::uint64_t firms_in_a_sector = 0;
    std::uint64_t memberships = 0;          ///< rows of firm_sector
    std::uint64_t texts_read = 0;           ///< names, descriptions, titles, abstracts searched
    std::uint64_t unknown_list_entries = 0; ///< company numbers of lists that the register lacks
    std::string summary;                    ///< one line for people
    /// Names of sectors that no firm is in: not an error, worth a note.
    [[nodiscard]] std::vector<std::string> empty_sectors() const;
};

/// Whether the definitions are right, without a firm to put into them.
/// \errors input: as classify()
[[nodiscard]] Result<void> check(const ClassifyOptions& options);

/// The first fault of every file by itself; whether they fit together is what check() says.
[[nodiscard]] std::vector<Error> faults(const ClassifyOptions& options);

/// Puts firms into sectors: by SIC code, by lists, and by words in names, descriptions and the
/// titles and abstracts of their projects and patents. Writes `sector` (numbered in the order of
/// the definitions) and `firm_sector` (by sector, then firm; reason says why). A firm of a
/// sub-sector is in its parent too. The same input gives the same rows on any number of threads.
/// \errors input: a taxonomy that is not right, with file, line, key and remedy; an unknown slug in
/// `only`
/// \complexity linear in the texts read
[[nodiscard]] Result<ClassifyReport> classify(store::Connection& connection,
                                              const ClassifyOptions& options, Progress& progress);

} // namespace icmap::classify
