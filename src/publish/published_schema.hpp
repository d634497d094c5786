#pragma once

#include "publish/table.hpp"

namespace icmap::publish {

/// The clusters chosen (export_cluster) in exactly the 25 columns of the officially published map's
/// data file, version 2. A column of figures is one of numbers, unless a figure in it is withheld:
/// then it holds texts, "c" among them.
[[nodiscard]] Result<Table> make_published_table(store::Connection& atlas);

} // namespace icmap::publish
