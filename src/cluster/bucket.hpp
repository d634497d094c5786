#pragma once

#include "cluster/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace icmap::cluster {

/// A point on its way into a cell.
struct Record {
    double x_m;
    double y_m;
    std::uint32_t index;
    std::uint32_t weight;
};

/// A cell as the sort leaves it; as big as a record, whose memory it takes over.
struct CellRecord {
    std::uint64_t key;
    Cell cell;
};
static_assert(sizeof(CellRecord) == sizeof(Record));

/// Merges and sorts one bucket after the other; keeps its working memory between them.
class BucketSorter {
  public:
    /// Finds the distinct places of the records, in the order of their first record.
    void merge(std::span<const Record> records);

    /// Gives each place the number of its cell, counted row by row.
    template <class KeyOf>
    void set_keys(KeyOf&& key_of) {
        keys_.resize(places_.size());
        for (std::size_t i = 0; i < places_.size(); ++i) {
            keys_[i] = key_of(places_[i].x_m, places_[i].y_m);
        }
    }

    /// Writes the places, sorted by cell, to the slots from `first_slot` on, and the slot of each
    /// record's point. The cells, ascending, take the memory of the first records.
    /// \param columns the length of a row of cells
    /// \returns the number of cells
    std::uint32_t write(std::span<Record> records, std::uint32_t first_slot, std::uint64_t columns,
                        CellGrid& grid, std::span<std::int32_t> slot_of_point);

  private:
    void grow_table();
    void sort_order();
    [[nodiscard]] std::uint64_t home(double x_m, double y_m) const;

    std::vector<Record> places_;       ///< index = that of the first point there
    std::vector<std::uint32_t> rank_;  ///< by record: its place
    std::vector<std::uint32_t> table_; ///< open addressing: a place + 1, 0 = free
    unsigned table_bits_ = 0;
    std::vector<std::uint64_t> keys_;   ///< by place: its cell
    std::vector<std::uint32_t> order_;  ///< places by cell
    std::vector<std::uint32_t> counts_; ///< for the counting sort
    std::vector<std::uint32_t> slot_;   ///< by place
};

} // namespace icmap::cluster
