#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace icmap::link {

/// One kind of evidence that a firm is active in research, development and innovation.
struct EvidenceKind {
    std::string kind;
    std::string table; ///< participation | patent | deal | none (no source yet)
    bool counts = true;
    std::vector<std::string> stages; ///< of deals: those that count; empty: all are none
};

/// What counts as evidence, and for how long: reference/evidence.toml.
struct EvidenceRules {
    int window_years = 10;
    std::vector<EvidenceKind> kinds;
    struct Period {
        std::string programme;
        std::string last_day; ///< ISO date
    };
    std::vector<Period> periods;
};

/// \param text TOML; empty: the rules baked into the program
/// \errors input: no TOML; a kind without name, with an unknown table, or twice; a window that is
///         not 1–100 years; each with its line
[[nodiscard]] Result<EvidenceRules> read_evidence_rules(std::string_view text);

/// Puts the rules into the temporary tables evidence_kind, evidence_stage and programme_period.
[[nodiscard]] Result<void> write_evidence_rules(store::Connection& connection,
                                                const EvidenceRules& rules);

} // namespace icmap::link
