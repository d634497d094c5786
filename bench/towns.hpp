#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace icmap::bench {

/// A made-up register of firms: one entry per firm, in random order.
struct Towns {
    std::vector<double> x_m;
    std::vector<double> y_m;
};

struct TownsOptions {
    std::size_t points = 5'000'000;
    bool duplicates = true; ///< seven points on one place on average, the fullest has some 2 %
    std::uint64_t seed = 1;
};

/// Points in the shape of a national register: 2,000 towns in 700 x 1,200 km, their sizes by Zipf's
/// law, the capital with a dense core. With duplicates, one place per seven points, places filled
/// by a power law, as firms share postcodes. \returns the same points for the same options,
/// everywhere
[[nodiscard]] Towns make_towns(const TownsOptions& options);

} // namespace icmap::bench
