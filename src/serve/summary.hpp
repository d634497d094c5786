#pragma once

#include "serve/catalogue.hpp"

#include <string>

namespace icmap::serve {

/// One sentence that says what a cluster is, from its figures; leaves out what is not known.
[[nodiscard]] std::string summary_of(const Catalogue& catalogue, std::size_t cluster);

} // namespace icmap::serve
