#pragma once

#include "cluster/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// A point on its way into a cell.
template <std::size_t D>
struct Record {
    Position<D> at_m;
    std::uint32_t index;
    std::uint32_t weight;
};

/// A cell as the sort leaves it; as big as a record, whose memory it takes over.
template <std::size_t D>
struct CellRecord {
    CellKey<D> key;
    Cell cell;
};
static_assert(sizeof(CellRecord<2>) == sizeof(Record<2>));
static_assert(sizeof(CellRecord<3>) == sizeof(Record<3>));

/// Merges and sorts one bucket after the other; keeps its working memory between them.
template <std::size_t D>
class BucketSorter {
  public:
    /// Finds the distinct places of the records, in the order of their first record.
    void merge(std::span<const Record<D>> records);

    /// Gives each place the number of its cell, counted row by row.
    template <class KeyOf>
    void set_keys(KeyOf&& key_of) {
        keys_.resize(places_.size());
        for (std::size_t i = 0; i < places_.size(); ++i) {
            keys_[i] = key_of(places_[i].at_m);
        }
    }

    /// Writes the places, sorted by cell, to the slots from `first_slot` on, and the slot of each
    /// record's point. The cells, ascending, take the memory of the first records.
    /// \param cell_counts the cells of each axis
    /// \returns the number of cells
    std::uint32_t write(std::span<Record<D>> records, std::uint32_t first_slot,
                        const std::array<std::uint64_t, D>& cell_counts, CellGrid<D>& grid,
                        std::span<std::int32_t> slot_of_point);

  private:
    void grow_table();
    void sort_order();
    void sort_by_digits(CellKey<D> least, unsigned digits);
    [[nodiscard]] std::uint64_t home(const Position<D>& at_m) const;

    std::vector<Record<D>> places_;    ///< index = that of the first point there
    std::vector<std::uint32_t> rank_;  ///< by record: its place
    std::vector<std::uint32_t> table_; ///< open addressing: a place + 1, 0 = free
    unsigned table_bits_ = 0;
    std::vector<CellKey<D>> keys_;      ///< by place: its cell
    std::vector<std::uint32_t> order_;  ///< places by cell
    std::vector<std::uint32_t> counts_; ///< for the counting sort
    std::vector<std::uint32_t> other_;  ///< the other half of the sort by digits
    std::vector<std::uint32_t> slot_;   ///< by place
};

} // namespace icmap::cluster
