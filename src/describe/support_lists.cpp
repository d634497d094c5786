#include "describe/support_lists.hpp"

#include "base/numbering.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace icmap::describe {
namespace {

struct Programme {
    std::uint32_t id = 0;
    std::string name;
    std::string provider; ///< empty: not known
    bool is_for_every_sector = true;
    bool is_everywhere = true;
};

/// In the order in which those that fit alike are listed.
Result<std::vector<Programme>> read_programmes(store::Connection& connection) {
    std::vector<Programme> programmes;
    ICMAP_TRY(connection.read(
        "select support_id::uinteger, name, provider, sectors is null, area_codes is null "
        "from support order by name, support_id",
        [&programmes](const store::Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                programmes.push_back({chunk.column<std::uint32_t>(0)[i],
                                      std::string(chunk.text(1, i)), std::string(chunk.text(2, i)),
                                      chunk.column<bool>(3)[i], chunk.column<bool>(4)[i]});
            }
        }));
    return programmes;
}

/// What a programme and a cluster or its sector have in common, by both their numbers.
using Fits = std::unordered_map<std::uint64_t, std::string>;

std::uint64_t key(std::uint32_t of, std::uint32_t programme) {
    return (std::uint64_t{of} << 32U) | programme;
}

Result<Fits> read_fits(store::Connection& connection, std::string_view query) {
    Fits fits;
    ICMAP_TRY(connection.read(query, [&fits](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            fits.emplace(key(chunk.column<std::uint32_t>(0)[i], chunk.column<std::uint32_t>(1)[i]),
                         chunk.text(2, i));
        }
    }));
    return fits;
}

const std::string* find(const Fits& fits, std::uint32_t of, std::uint32_t programme) {
    const auto found = fits.find(key(of, programme));
    return found == fits.end() ? nullptr : &found->second;
}

/// A programme for a cluster; nullptr where it is for every sector or everywhere.
struct Fit {
    const Programme* programme;
    const std::string* heading;
    const std::string* ground;
    [[nodiscard]] int closeness() const {
        return (heading != nullptr ? 2 : 0) + (ground != nullptr ? 1 : 0);
    }
    [[nodiscard]] std::string why() const {
        return (programme->provider.empty() ? "" : programme->provider + "; ") + "for " +
               (heading != nullptr ? *heading : "every sector") + "; " +
               (ground != nullptr ? "in " + *ground : "anywhere");
    }
};

} // namespace

Result<void> list_support(store::Connection& connection, const ClusterTable& clusters,
                          std::size_t length, ItemLists& lists) {
    ICMAP_TRY(store::run_step(connection, "describe/support.sql"));
    ICMAP_ASSIGN(const auto programmes, read_programmes(connection));
    ICMAP_ASSIGN(const Fits headings,
                 read_fits(connection, "select sector_id::uinteger, support_id::uinteger, heading "
                                       "from describe_sector_fit"));
    ICMAP_ASSIGN(const Fits grounds,
                 read_fits(connection, "select cluster_id, support_id::uinteger, ground "
                                       "from describe_area_fit"));
    ItemList& list = lists.make("support", "", lists.add_texts({}));
    Numbering texts;
    std::vector<Fit> fits;
    for (std::size_t row = 0; row < clusters.size(); ++row) {
        fits.clear();
        for (const Programme& each : programmes) {
            Fit fit{&each, nullptr, nullptr};
            if (!each.is_for_every_sector) {
                fit.heading = find(headings, clusters.sector_id[row], each.id);
            }
            if (!each.is_for_every_sector && fit.heading == nullptr) {
                continue;
            }
            if (!each.is_everywhere) {
                fit.ground = find(grounds, clusters.cluster_id[row], each.id);
            }
            if (each.is_everywhere || fit.ground != nullptr) {
                fits.push_back(fit);
            }
        }
        std::stable_sort(fits.begin(), fits.end(),
                         [](const Fit& a, const Fit& b) { return a.closeness() > b.closeness(); });
        for (std::size_t i = 0; i < std::min(length, fits.size()); ++i) {
            list.add(row, {i + 1, texts.of(fits[i].programme->name), std::nan(""),
                           fits[i].programme->id, texts.of(fits[i].why())});
        }
    }
    lists.texts_of(list.texts) = texts.take();
    return {};
}

} // namespace icmap::describe
