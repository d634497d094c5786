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

/// The cells of one bucket, ascending.
struct BucketCells {
    std::vector<std::uint64_t> key;
    std::vector<Cell> cell;
    std::vector<CellBox> box;
};

/// Merges and sorts one bucket after the other; keeps its working memory between them.
class BucketSorter {
  public:
    /// Finds the distinct places of the records, in the order of their first record.
    void merge(std::span<const Record> records);

    /// Gives each place the key of its cell.
    template <class KeyOf>
    void set_keys(KeyOf&& key_of) {
        keys_.resize(places_.size());
        for (std::size_t i = 0; i < places_.size(); ++i) {
            keys_[i] = key_of(places_[i].x_m, places_[i].y_m);
        }
    }

    /// Writes the places, sorted by cell, to the slots from `first_slot` on, the slot of each
    /// record's point, and the cells.
    void write(std::span<const Record> records, std::uint32_t first_slot, CellGrid& grid,
               BucketCells& cells);

  private:
    void grow_table();
    void sort_order();
    [[nodiscard]] std::uint64_t home(double x_m, double y_m) const;

    std::vector<Record> places_;       ///< index = that of the first point there
    std::vector<std::uint32_t> rank_;  ///< by record: its place
    std::vector<std::uint32_t> table_; ///< open addressing: a place + 1, 0 = free
    unsigned table_bits_ = 0;
    std::vector<std::uint64_t> keys_;   ///< by place
    std::vector<std::uint32_t> order_;  ///< places by cell
    std::vector<std::uint32_t> counts_; ///< for the counting sort
    std::vector<std::uint32_t> slot_;   ///< by place
};

} // namespace icmap::cluster
