#pragma once

#include "base/result.hpp"
#include "pipeline/project.hpp"
#include "store/connection.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace icmap::pipeline {

/// One kind of thing that was wrong with rows, and how many had it.
struct FaultKind {
    std::string code; ///< of reference/reject_codes.toml
    std::string field;
    std::uint64_t rows = 0;
};

/// What the table `reject` holds of that severity ("error" or "warning"), most rows first.
[[nodiscard]] Result<std::vector<FaultKind>> fault_kinds(store::Connection& connection,
                                                         std::string_view severity);

/// "24,087 × postcode_without_position in postcode, 249 × sic_2003 in sic_codes and 2 more kinds".
[[nodiscard]] std::string in_words(std::span<const FaultKind> kinds);

// What is likely to be wrong with a whole atlas though no single row shows it: each a sentence with
// its remedy. None of them stops a build.

/// A register without a firm, and sites of which none or few have a place.
[[nodiscard]] Result<std::vector<std::string>> location_alarms(store::Connection& connection);

/// What the atlas will lack because the project names no source of that kind.
[[nodiscard]] std::vector<std::string> missing_source_notes(const Project& project);

/// The addresses at which mass registration was found, most firms first: a line of how many there
/// are, the first ten of them, and how many more.
[[nodiscard]] Result<std::vector<std::string>>
mass_registration_lines(store::Connection& connection, const LocateSettings& settings);

/// How far the sites that count lie apart at most: the diagonal of their bounds; 0: there are none.
[[nodiscard]] Result<double> sites_across_m(store::Connection& connection);

/// The radius of clustering against the width of the data. \param across_m of the sites that count
/// \returns a warning where the radius is wider than all sites lie apart; empty: it is not
/// \errors input: it is that, and larger than the default: every sector would be one cluster
[[nodiscard]] Result<std::string> check_radius(double across_m, const Project& project);

} // namespace icmap::pipeline
