#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icmap::serve {

/// Rows of a table that stand together: first up to, but without, end.
struct RowRange {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    friend bool operator==(const RowRange&, const RowRange&) = default;
};

/// A set of rows as runs: ascending, none empty, none touching the next.
class RowRanges {
  public:
    RowRanges() = default;
    /// \param rows in any order; one that comes twice counts once
    explicit RowRanges(std::vector<std::uint32_t> rows);

    /// Adds rows behind all that are in it.
    void add(RowRange rows);
    [[nodiscard]] std::span<const RowRange> all() const { return ranges_; }
    /// How many rows it holds.
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    std::vector<RowRange> ranges_;
    std::size_t size_ = 0;
};

} // namespace icmap::serve
