#include "describe/support_lists.hpp"

#include "base/numbering.hpp"
#include "base/parallel.hpp"
#include "store/steps.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
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

constexpr std::uint32_t kAny = 0xFFFFFFFF; ///< for every sector, or everywhere

/// What a programme and a cluster or its sector have in common, by both their numbers: the number
/// of a text.
using Fits = std::unordered_map<std::uint64_t, std::uint32_t>;

std::uint64_t key(std::uint32_t of, std::uint32_t programme) {
    return (std::uint64_t{of} << 32U) | programme;
}

Result<Fits> read_fits(store::Connection& connection, std::string_view query, Numbering& texts) {
    Fits fits;
    ICMAP_TRY(connection.read(query, [&](const store::Chunk& chunk) {
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            fits.emplace(key(chunk.column<std::uint32_t>(0)[i], chunk.column<std::uint32_t>(1)[i]),
                         texts.of(chunk.text(2, i)));
        }
    }));
    return fits;
}

/// A programme for a cluster.
struct Fit {
    std::uint32_t programme = 0; ///< its place among them
    std::uint32_t heading = kAny;
    std::uint32_t ground = kAny;
    auto operator<=>(const Fit&) const = default;
    [[nodiscard]] int closeness() const {
        return (heading != kAny ? 2 : 0) + (ground != kAny ? 1 : 0);
    }
};

/// Which programmes are for whom.
struct Support {
    std::vector<Programme> programmes;
    Numbering texts;
    Fits headings; ///< by sector
    Fits grounds;  ///< by cluster

    [[nodiscard]] std::optional<Fit> fit(std::uint32_t programme, std::uint32_t sector,
                                         std::uint32_t cluster) const {
        const Programme& each = programmes[programme];
        Fit found{programme};
        if (!each.is_for_every_sector) {
            const auto heading = headings.find(key(sector, each.id));
            if (heading == headings.end()) {
                return std::nullopt;
            }
            found.heading = heading->second;
        }
        if (!each.is_everywhere) {
            const auto ground = grounds.find(key(cluster, each.id));
            if (ground == grounds.end()) {
                return std::nullopt;
            }
            found.ground = ground->second;
        }
        return found;
    }

    /// The closest first.
    [[nodiscard]] std::vector<Fit> fits(std::uint32_t sector, std::uint32_t cluster,
                                        std::size_t length) const {
        std::vector<Fit> fits;
        for (std::uint32_t i = 0; i < programmes.size(); ++i) {
            if (const auto found = fit(i, sector, cluster)) {
                fits.push_back(*found);
            }
        }
        std::stable_sort(fits.begin(), fits.end(),
                         [](const Fit& a, const Fit& b) { return a.closeness() > b.closeness(); });
        fits.resize(std::min(length, fits.size()));
        return fits;
    }

    [[nodiscard]] std::string why(const Fit& fit) const {
        const std::string& provider = programmes[fit.programme].provider;
        return (provider.empty() ? "" : provider + "; ") + "for " +
               (fit.heading != kAny ? texts.texts()[fit.heading] : "every sector") + "; " +
               (fit.ground != kAny ? "in " + texts.texts()[fit.ground] : "anywhere");
    }
};

Result<Support> read_support(store::Connection& connection) {
    Support support;
    ICMAP_ASSIGN(support.programmes, read_programmes(connection));
    ICMAP_ASSIGN(support.headings,
                 read_fits(connection,
                           "select sector_id::uinteger, support_id::uinteger, heading "
                           "from describe_sector_fit",
                           support.texts));
    ICMAP_ASSIGN(support.grounds, read_fits(connection,
                                            "select cluster_id, support_id::uinteger, ground "
                                            "from describe_area_fit",
                                            support.texts));
    return support;
}

} // namespace

Result<void> list_support(store::Connection& connection, const ClusterTable& clusters,
                          std::size_t length, ItemLists& lists) {
    ICMAP_TRY(store::run_step(connection, "describe/support.sql"));
    ICMAP_ASSIGN(const Support support, read_support(connection));
    std::vector<std::vector<Fit>> fits(clusters.size());
    parallel_for_each(fits.size(), 256, [&](std::size_t row) {
        fits[row] = support.fits(clusters.sector_id[row], clusters.cluster_id[row], length);
    });
    ItemList& list = lists.make("support", "", lists.add_texts({}));
    Numbering texts;
    std::vector<std::uint32_t> names;
    for (const Programme& programme : support.programmes) {
        names.push_back(texts.of(programme.name));
    }
    std::map<Fit, std::uint32_t> notes; // few are different
    for (std::size_t row = 0; row < fits.size(); ++row) {
        for (std::size_t i = 0; i < fits[row].size(); ++i) {
            const Fit& fit = fits[row][i];
            auto note = notes.find(fit);
            if (note == notes.end()) {
                note = notes.emplace(fit, texts.of(support.why(fit))).first;
            }
            list.add(row, {i + 1, names[fit.programme], std::nan(""),
                           support.programmes[fit.programme].id, note->second});
        }
    }
    lists.texts_of(list.texts) = texts.take();
    return {};
}

} // namespace icmap::describe
