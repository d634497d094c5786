#include "base/parallel.hpp"
#include "serve/site_table.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace icmap::serve {
namespace {

constexpr std::uint32_t kLeastBlockRows = 1024;
/// Rows of a block for each sector, so that the sums take no more memory than the rows.
constexpr std::size_t kBlockRowsPerSector = 4;

} // namespace

Inside SiteTable::nothing() const {
    Inside inside;
    inside.sector_sites.assign(sector_rows_.size(), 0);
    inside.sector_firms.assign(sector_rows_.size(), 0);
    inside.cluster_sites.assign(cluster_count_, 0);
    return inside;
}

void SiteTable::count_firm(std::uint32_t row, Inside& inside) const {
    ++inside.firms;
    inside.rdi_active_firms += (flags_[row] & is_rdi_active) != 0 ? 1U : 0U;
    for (const std::uint16_t sector : row_sectors_.at(row)) {
        ++inside.sector_firms[sector];
    }
}

/// Row by row: all but clusters and the firms with several sites.
void SiteTable::count_rows(RowRange rows, Inside& inside) const {
    inside.sites += rows.end - rows.first;
    for (std::uint32_t row = rows.first; row < rows.end; ++row) {
        const std::uint8_t flags = flags_[row];
        if ((flags & has_several_sites) == 0) {
            count_firm(row, inside);
        }
        if ((flags & is_office) != 0) {
            ++inside.offices;
            inside.reporting += employees_[row] >= 0 ? 1U : 0U;
            inside.employees += std::max(0, employees_[row]);
            inside.largest_employees = std::max(inside.largest_employees, employees_[row]);
        }
        if ((flags & in_density) != 0) {
            ++inside.density_sites;
            for (const std::uint16_t sector : row_sectors_.at(row)) {
                ++inside.sector_sites[sector];
            }
        }
    }
}

/// The same as `count_rows`, and clusters: blocks that lie in the range as a whole are not gone
/// through.
void SiteTable::count_range(RowRange rows, Inside& inside) const {
    for (const std::uint32_t cluster : row_clusters_.between(rows.first, rows.end)) {
        ++inside.cluster_sites[cluster];
    }
    const std::uint32_t first_block = (rows.first + block_rows_ - 1) / block_rows_;
    const std::uint32_t end_block = rows.end / block_rows_;
    if (first_block >= end_block) {
        count_rows(rows, inside);
        return;
    }
    count_rows({rows.first, first_block * block_rows_}, inside);
    inside += before_block_[end_block];
    inside -= before_block_[first_block];
    inside.largest_employees =
        std::max(inside.largest_employees, *std::max_element(block_largest_.begin() + first_block,
                                                             block_largest_.begin() + end_block));
    count_rows({end_block * block_rows_, rows.end}, inside);
}

/// A firm with several sites inside counts once.
void SiteTable::count_several(const RowRanges& rows, Inside& inside) const {
    std::vector<bool> is_counted(several_firms_, false);
    auto next = several_rows_.begin();
    for (const RowRange& range : rows.all()) {
        next = std::lower_bound(next, several_rows_.end(), range.first);
        for (; next != several_rows_.end() && *next < range.end; ++next) {
            const std::uint32_t firm =
                several_firm_[static_cast<std::size_t>(next - several_rows_.begin())];
            if (!is_counted[firm]) {
                is_counted[firm] = true;
                count_firm(*next, inside);
            }
        }
    }
}

Inside SiteTable::count(const RowRanges& rows) const {
    constexpr std::size_t kShare = 1000; ///< runs of one task: a millisecond at most
    Inside total = nothing();
    std::mutex mutex;
    // Sums of whole numbers: the order in which the shares are added does not matter.
    parallel_ranges(rows.all().size(), kShare, [&](std::size_t begin, std::size_t end) {
        Inside some = nothing();
        for (const RowRange& range : rows.all().subspan(begin, end - begin)) {
            count_range(range, some);
        }
        const std::lock_guard lock(mutex);
        total += some;
    });
    count_several(rows, total);
    return total;
}

void SiteTable::sum_blocks() {
    const auto rows = static_cast<std::uint32_t>(firm_.size());
    block_rows_ = std::max(kLeastBlockRows,
                           static_cast<std::uint32_t>(kBlockRowsPerSector * sector_rows_.size()));
    Inside before = nothing();
    before.cluster_sites.clear();
    before_block_.push_back(before);
    for (std::uint32_t end = block_rows_; end <= rows; end += block_rows_) {
        count_rows({end - block_rows_, end}, before);
        block_largest_.push_back(std::exchange(before.largest_employees, 0));
        before_block_.push_back(before);
    }
    std::vector<std::uint32_t> number; ///< by firm: one above its own among those with several
    for (std::uint32_t row = 0; row < rows; ++row) {
        if ((flags_[row] & has_several_sites) == 0) {
            continue;
        }
        number.resize(std::max<std::size_t>(number.size(), firm_[row] + std::size_t{1}), 0);
        if (number[firm_[row]] == 0) {
            number[firm_[row]] = static_cast<std::uint32_t>(++several_firms_);
        }
        several_rows_.push_back(row);
        several_firm_.push_back(number[firm_[row]] - 1);
    }
}

} // namespace icmap::serve
