#include "cluster/count.hpp"

#include "cluster/simd.hpp"

#include <algorithm>

namespace icmap::cluster {
namespace {

// Between two looks at the goal: long enough to fill the vector units, short enough to stop early.
constexpr std::uint32_t kBlock = 64;

} // namespace

ICMAP_SIMD_CLONES
std::uint64_t count_weight(const CellGrid& grid, std::span<const Run> runs,
                           const CountQuery& query) {
    const double* x_m = grid.x_m.data();
    const double* y_m = grid.y_m.data();
    const std::uint32_t* weight = grid.weight.data();
    const CountQuery q = query;
    std::uint64_t total = 0;
    for (const Run& run : runs) {
        for (std::uint32_t begin = run.begin; begin < run.end; begin += kBlock) {
            const std::uint32_t end = std::min(begin + kBlock, run.end);
            for (std::uint32_t i = begin; i < end; ++i) {
                const double dx = x_m[i] - q.x_m;
                const double dy = y_m[i] - q.y_m;
                total += dx * dx + dy * dy <= q.eps2 ? std::uint64_t{weight[i]} : 0;
            }
            if (total >= q.goal) {
                return total;
            }
        }
    }
    return total;
}

} // namespace icmap::cluster
