#include "cluster/bucket.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>

namespace icmap::cluster {
namespace {

constexpr unsigned kLeastTableBits = 8;

// Odd multipliers of SplitMix64 and of xxHash; the top bits of the product mix all words.
constexpr std::array<std::uint64_t, 3> kMix{0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F,
                                            0x165667B19E3779F9};

// A counting sort goes through all cells that there could be: it pays when those are not many more
// than the places, or when all their counts fit the first-level cache.
constexpr std::uint64_t kMostCellsPerPlace = 8;
constexpr std::uint64_t kCellsInCache = 8192;

// A sort by digits goes through its counts and the places once a digit: beyond these many digits
// comparing is as fast.
constexpr unsigned kDigitBits = 9;
constexpr unsigned kMostDigits = 4;

/// The cell's number among all, counted row by row, as a key.
template <std::size_t D>
CellKey<D> key_of_number(CellKey<D> number, const std::array<std::uint64_t, D>& cell_counts) {
    CellKey<D> key = 0;
    for (std::size_t d = 0; d + 1 < D; ++d) {
        key |= (number % cell_counts[d]) << (32 * d);
        number /= cell_counts[d];
    }
    return key | (number << (32 * (D - 1)));
}

} // namespace

template <std::size_t D>
std::uint64_t BucketSorter<D>::home(const Position<D>& at_m) const {
    std::uint64_t mixed = 0;
    for (std::size_t d = 0; d < D; ++d) {
        mixed = (std::rotl(mixed, 32) ^ std::bit_cast<std::uint64_t>(at_m[d])) * kMix[d];
    }
    return mixed >> (64 - table_bits_);
}

template <std::size_t D>
void BucketSorter<D>::grow_table() {
    ++table_bits_;
    table_.assign(std::size_t{1} << table_bits_, 0);
    const std::size_t mask = table_.size() - 1;
    for (std::uint32_t place = 0; place < places_.size(); ++place) {
        std::size_t at = home(places_[place].at_m);
        while (table_[at] != 0) {
            at = (at + 1) & mask;
        }
        table_[at] = place + 1;
    }
}

template <std::size_t D>
void BucketSorter<D>::merge(std::span<const Record<D>> records) {
    places_.clear();
    rank_.resize(records.size());
    table_bits_ = kLeastTableBits - 1;
    grow_table();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record<D>& record = records[i];
        const std::size_t mask = table_.size() - 1;
        std::size_t at = home(record.at_m);
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
            Record<D>& place = places_[found - 1];
            if (place.at_m == record.at_m) {
                place.weight = add_saturated(place.weight, record.weight);
                rank_[i] = found - 1;
                break;
            }
            at = (at + 1) & mask;
        }
    }
}

/// Stable, lowest digit first.
template <std::size_t D>
void BucketSorter<D>::sort_by_digits(CellKey<D> least, unsigned digits) {
    constexpr std::size_t kValues = std::size_t{1} << kDigitBits;
    other_.resize(order_.size());
    for (unsigned digit = 0; digit < digits; ++digit) {
        const auto digit_of = [&](std::uint32_t i) {
            return static_cast<std::size_t>((keys_[i] - least) >> (digit * kDigitBits)) % kValues;
        };
        counts_.assign(kValues, 0);
        for (const std::uint32_t i : order_) {
            ++counts_[digit_of(i)];
        }
        std::uint32_t place = 0;
        for (std::uint32_t& count : counts_) {
            place += std::exchange(count, place);
        }
        for (const std::uint32_t i : order_) {
            other_[counts_[digit_of(i)]++] = i;
        }
        order_.swap(other_);
    }
}

template <std::size_t D>
void BucketSorter<D>::sort_order() {
    const std::size_t n = places_.size();
    order_.resize(n);
    const auto [least, most] = std::minmax_element(keys_.begin(), keys_.end());
    const CellKey<D> range = *most - *least + 1;
    if (range > kMostCellsPerPlace * n + kCellsInCache) {
        std::iota(order_.begin(), order_.end(), 0U);
        unsigned digits = 1;
        while (digits <= kMostDigits && (range - 1) >> (digits * kDigitBits) != 0) {
            ++digits;
        }
        if (digits <= kMostDigits) {
            sort_by_digits(*least, digits);
            return;
        }
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return keys_[a] != keys_[b] ? keys_[a] < keys_[b] : a < b;
        });
        return;
    }
    const CellKey<D> base = *least;
    counts_.assign(static_cast<std::size_t>(range), 0);
    for (const CellKey<D> key : keys_) {
        ++counts_[static_cast<std::size_t>(key - base)];
    }
    std::uint32_t place = 0;
    for (std::uint32_t& count : counts_) {
        place += std::exchange(count, place);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        order_[counts_[static_cast<std::size_t>(keys_[i] - base)]++] = i;
    }
}

template <std::size_t D>
std::uint32_t BucketSorter<D>::write(std::span<Record<D>> records, std::uint32_t first_slot,
                                     const std::array<std::uint64_t, D>& cell_counts,
                                     CellGrid<D>& grid, std::span<std::int32_t> slot_of_point) {
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
    CellRecord<D> current{};
    const auto put = [&] {
        std::memcpy(static_cast<void*>(&records[cell_count++]), &current, sizeof current);
    };
    slot = first_slot;
    CellKey<D> key = keys_[order_[0]] + 1; // any other
    for (const std::uint32_t i : order_) {
        const Record<D>& place = places_[i];
        for (std::size_t d = 0; d < D; ++d) {
            grid.at_m[d][slot] = place.at_m[d];
        }
        grid.weight[slot] = place.weight;
        grid.first_index[slot] = place.index;
        if (keys_[i] != key) {
            if (slot != first_slot) {
                put();
            }
            key = keys_[i];
            current = {key_of_number<D>(key, cell_counts), {slot, slot, 0, 0}};
        }
        current.cell.end = ++slot;
        current.cell.weight = add_saturated(current.cell.weight, place.weight);
    }
    put();
    return cell_count;
}

template class BucketSorter<2>;
template class BucketSorter<3>;

} // namespace icmap::cluster
