#include "serve/row_ranges.hpp"

#include <algorithm>
#include <cassert>

namespace icmap::serve {

RowRanges::RowRanges(std::vector<std::uint32_t> rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const std::uint32_t row : rows) {
        add({row, row + 1});
    }
}

void RowRanges::add(RowRange rows) {
    if (rows.first >= rows.end) {
        return;
    }
    assert(ranges_.empty() || ranges_.back().end <= rows.first);
    size_ += rows.end - rows.first;
    if (!ranges_.empty() && ranges_.back().end == rows.first) {
        ranges_.back().end = rows.end;
    } else {
        ranges_.push_back(rows);
    }
}

} // namespace icmap::serve
