#include "cluster/bucket.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace icmap::cluster {
namespace {

constexpr unsigned kLeastTableBits = 8;

// Odd multipliers of SplitMix64 and of xxHash; the top bits of the sum of products mix both words.
constexpr std::uint64_t kMixX = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kMixY = 0xC2B2AE3D27D4EB4F;

// A counting sort goes through all cells that there could be: it pays when those are not many more
// than the places, or when all their counts fit the first-level cache.
constexpr std::uint64_t kMostCellsPerPlace = 8;
constexpr std::uint64_t kCellsInCache = 8192;

} // namespace

std::uint64_t BucketSorter::home(double x_m, double y_m) const {
    std::uint64_t mixed = std::bit_cast<std::uint64_t>(x_m) * kMixX;
    mixed = (std::rotl(mixed, 32) ^ std::bit_cast<std::uint64_t>(y_m)) * kMixY;
    return mixed >> (64 - table_bits_);
}

void BucketSorter::grow_table() {
    ++table_bits_;
    table_.assign(std::size_t{1} << table_bits_, 0);
    const std::size_t mask = table_.size() - 1;
    for (std::uint32_t place = 0; place < places_.size(); ++place) {
        std::size_t at = home(places_[place].x_m, places_[place].y_m);
        while (table_[at] != 0) {
            at = (at + 1) & mask;
        }
        table_[at] = place + 1;
    }
}

void BucketSorter::merge(std::span<const Record> records) {
    places_.clear();
    rank_.resize(records.size());
    table_bits_ = kLeastTableBits - 1;
    grow_table();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& record = records[i];
        const std::size_t mask = table_.size() - 1;
        std::size_t at = home(record.x_m, record.y_m);
        for (;;) {
            const std::uint32_t found = table_[at];
            if (found == 0) {
                places_.push_back(record);
                rank_[i] = static_cast<std::uint32_t>(places_.size() - 1);
                table_[at] = rank_[i] + 1;
                if (places_.size() * 2 > table_.size()) {
                    grow_table();
                }
                break;
            }
            Record& place = places_[found - 1];
            if (place.x_m == record.x_m && place.y_m == record.y_m) {
                place.weight = add_saturated(place.weight, record.weight);
                rank_[i] = found - 1;
                break;
            }
            at = (at + 1) & mask;
        }
    }
}

void BucketSorter::sort_order() {
    const std::size_t n = places_.size();
    order_.resize(n);
    const auto [least, most] = std::minmax_element(keys_.begin(), keys_.end());
    const std::uint64_t range = *most - *least + 1;
    if (range > kMostCellsPerPlace * n + kCellsInCache) {
        std::iota(order_.begin(), order_.end(), 0U);
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return keys_[a] != keys_[b] ? keys_[a] < keys_[b] : a < b;
        });
        return;
    }
    const std::uint64_t base = *least;
    counts_.assign(range, 0);
    for (const std::uint64_t key : keys_) {
        ++counts_[key - base];
    }
    std::uint32_t place = 0;
    for (std::uint32_t& count : counts_) {
        place += std::exchange(count, place);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        order_[counts_[keys_[i] - base]++] = i;
    }
}

std::uint32_t BucketSorter::write(std::span<Record> records, std::uint32_t first_slot,
                                  std::uint64_t columns, CellGrid& grid,
                                  std::span<std::int32_t> slot_of_point) {
    if (places_.empty()) {
        return 0;
    }
    sort_order();
    slot_.resize(places_.size());
    std::uint32_t slot = first_slot;
    for (const std::uint32_t i : order_) {
        slot_[i] = slot++;
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
        slot_of_point[records[i].index] = static_cast<std::int32_t>(slot_[rank_[i]]);
    }
    // The records have done their duty: from here on their memory takes cells.
    std::uint32_t cell_count = 0;
    CellRecord current{};
    const auto put = [&] { std::memcpy(&records[cell_count++], &current, sizeof current); };
    slot = first_slot;
    std::uint64_t key = keys_[order_[0]] + 1; // any other
    for (const std::uint32_t i : order_) {
        const Record& place = places_[i];
        grid.x_m[slot] = place.x_m;
        grid.y_m[slot] = place.y_m;
        grid.weight[slot] = place.weight;
        grid.first_index[slot] = place.index;
        if (keys_[i] != key) {
            if (slot != first_slot) {
                put();
            }
            key = keys_[i];
            current = {((key / columns) << 32) | (key % columns), {slot, slot, 0, 0}};
        }
        current.cell.end = ++slot;
        current.cell.weight = add_saturated(current.cell.weight, place.weight);
    }
    put();
    return cell_count;
}

} // namespace icmap::cluster
