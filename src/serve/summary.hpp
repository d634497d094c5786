#pragma once

#include "serve/catalogue.hpp"

#include <string>

namespace icmap::serve {

/// One sentence that says what a cluster is, from its figures; leaves out what is not known.
[[nodiscard]] std::string summary_of(const Catalogue& catalogue, std::size_t cluster);

/// The same without the names of the cluster and of its sector: "A specialised cluster of …".
[[nodiscard]] std::string nameless_summary_of(const Catalogue& catalogue, std::size_t cluster);

} // namespace icmap::serve
