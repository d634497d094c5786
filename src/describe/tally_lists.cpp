#include "describe/tally_lists.hpp"

#include "base/parallel.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace icmap::describe {
namespace {

/// Puts what is counted into the order of a list and adds it.
class Ordering {
  public:
    Ordering(std::span<const std::string> name, std::size_t length)
        : name_(name), length_(length) {}

    /// \param label of each thing counted, a number of `name` and of the list's texts
    void add(std::size_t row, const Counts& counts, std::span<const std::uint32_t> label,
             ItemList& list) {
        order_ = counts;
        std::sort(order_.begin(), order_.end(), [&](const auto& a, const auto& b) {
            return std::tie(b.second, name_[label[a.first]], a.first) <
                   std::tie(a.second, name_[label[b.first]], b.first);
        });
        order_.resize(std::min(order_.size(), length_));
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const auto& [what, count] = order_[i];
            list.add(row, {i + 1, label[what], static_cast<double>(count), what});
        }
    }

  private:
    std::span<const std::string> name_;
    std::size_t length_;
    Counts order_;
};

void list_employers(std::span<const Tally> tallies, const FirmNames& names, std::size_t length,
                    ItemList& list) {
    Ordering ordering(names.names, length);
    for (std::size_t row = 0; row < tallies.size(); ++row) {
        ordering.add(row, tallies[row].largest_employers, names.number, list);
    }
}

/// The sectors of the project, by sector_id.
struct Sectors {
    std::vector<std::string> name;
    std::vector<std::optional<std::uint16_t>> parent;
};

Result<Sectors> read_sectors(store::Connection& connection) {
    Sectors all;
    ICMAP_TRY(connection.read(
        "select sector_id, name, parent_id from sector", [&all](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const std::uint16_t id = chunk.column<std::uint16_t>(0)[i];
                all.name.resize(std::max(all.name.size(), std::size_t{id} + 1));
                all.parent.resize(all.name.size());
                all.name[id] = chunk.text(1, i);
                if (!chunk.is_null(2, i)) {
                    all.parent[id] = chunk.column<std::uint16_t>(2)[i];
                }
            }
        }));
    return all;
}

void list_sectors(const ClusterTable& clusters, std::span<const Tally> tallies,
                  const Sectors& sectors, std::size_t length, ItemList& below, ItemList& beside) {
    std::vector<std::uint32_t> label(sectors.name.size());
    std::iota(label.begin(), label.end(), 0U);
    Ordering ordering(sectors.name, length);
    for (std::size_t row = 0; row < tallies.size(); ++row) {
        Counts counts = tallies[row].sectors;
        const auto first_beside =
            std::stable_partition(counts.begin(), counts.end(), [&](const auto& counted) {
                return sectors.parent[counted.first] == clusters.sector_id[row];
            });
        ordering.add(row, Counts(counts.begin(), first_beside), label, below);
        ordering.add(row, Counts(first_beside, counts.end()), label, beside);
    }
}

template <std::size_t kBands>
void list_bands(std::size_t row, const std::array<std::uint32_t, kBands>& bands, ItemList& list) {
    const double all = std::accumulate(bands.begin(), bands.end(), 0.0);
    for (std::uint32_t band = 0; band < kBands; ++band) {
        if (bands[band] > 0) {
            list.add(row, {band + 1, band, bands[band] / all});
        }
    }
}

} // namespace

Result<void> list_tallies(store::Connection& connection, const ClusterTable& clusters,
                          std::span<const Tally> tallies, const FirmNames& names,
                          std::size_t length, ItemLists& lists) {
    ICMAP_ASSIGN(const Sectors sectors, read_sectors(connection));
    ItemList& employers = lists.make("top_firm", "jobs", names.texts);
    const std::size_t sector_names = lists.add_texts(sectors.name);
    ItemList& below = lists.make("sub_sector", "enterprises", sector_names);
    ItemList& beside = lists.make("other_sector", "enterprises", sector_names);
    ItemList& ages = lists.make("age_band", "share",
                                lists.add_texts({"under 2 years", "2 to 5 years", "5 to 10 years",
                                                 "10 to 20 years", "20 years and over"}));
    ItemList& sizes = lists.make(
        "size_band", "share",
        lists.add_texts({"under 10 jobs", "10 to 49 jobs", "50 to 249 jobs", "250 jobs and over"}));
    const std::array<std::function<void()>, 3> tasks{
        [&] { list_employers(tallies, names, length, employers); },
        [&] { list_sectors(clusters, tallies, sectors, length, below, beside); },
        [&] {
            for (std::size_t row = 0; row < tallies.size(); ++row) {
                list_bands(row, tallies[row].age_bands, ages);
                list_bands(row, tallies[row].size_bands, sizes);
            }
        }};
    parallel_for_each(tasks.size(), 1, [&tasks](std::size_t i) { tasks.at(i)(); });
    return {};
}

} // namespace icmap::describe
