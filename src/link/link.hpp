#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace icmap::link {

/// What a project file may say of linking.
struct LinkOptions {
    /// Probability from which on a name is linked to a firm; in (0, 1), inclusive.
    double threshold = 0.9;
    /// Probability from which on a pair below the threshold is kept for a person to look at.
    double candidate_threshold = 0.2;
    /// Share of the named organisations that are on the register, before anything is compared; in
    /// (0, 1); 0: estimated from how many of the records' postcode districts have a firm.
    double on_register = 0.0;
    /// False: names must be equal (after normalising) to be linked.
    bool fuzzy = true;
    /// Years before as_of in which evidence counts; 0: as the evidence rules say.
    int window_years = 0;
    /// The evidence rules, TOML; empty: reference/evidence.toml.
    std::string evidence_rules;
    /// A second connection of the same database, on which the register is read while the records
    /// are gathered; none: it is read in its turn.
    store::Connection* beside = nullptr;
};

/// How the records of one kind were linked.
struct LinkRates {
    std::string record_kind; ///< participation | patent | deal
    std::uint64_t records = 0;
    std::uint64_t organisations = 0; ///< distinct names with postcode and number
    std::uint64_t by_number = 0;     ///< records, here and below
    std::uint64_t by_name_and_postcode = 0;
    std::uint64_t by_name = 0;
    std::uint64_t by_fuzzy = 0;
    std::uint64_t to_institution = 0; ///< by whichever method
    std::uint64_t not_linked = 0;
};

/// What linking found, for the build report.
struct LinkReport {
    std::vector<LinkRates> rates; ///< participation, patent, deal
    std::uint64_t projects = 0;
    std::uint64_t candidates = 0;
    std::uint64_t evidence = 0;
    std::uint64_t rdi_active_firms = 0; ///< with counted evidence inside the window
    int window_years = 0;
    std::string summary; ///< one line for people
};

/// Finds the firm or institution behind every organisation that a participation, patent or deal
/// names: reads the staging records and locate's firm, site and asset, writes project,
/// participation, patent, deal, deal_investor, link_candidate and evidence.
///
/// Reads the variable `as_of`. The tables must exist and be empty. Same records, same rows,
/// whatever the thread count. Ties go to the firm of lowest firm_id.
///
/// \errors input: evidence rules that cannot be read; DuckDB's, with the step's name
[[nodiscard]] Result<LinkReport> link(store::Connection& connection, const LinkOptions& options,
                                      Progress& progress);

} // namespace icmap::link
