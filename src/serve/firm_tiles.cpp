#include "serve/firm_tiles.hpp"

#include "serve/queries.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace icmap::serve {
namespace {
using store::Chunk;
using tiles::Column;
using tiles::TextColumnBuilder;

constexpr std::size_t kSectorColumn = 3;

/// The sites as they are read, column by column.
struct Sites {
    std::vector<LonLat> places;
    std::vector<std::uint32_t> ids;
    std::vector<std::optional<bool>> is_rdi_active;
    std::vector<std::int32_t> since, until, employees;
    TextColumnBuilder number{TextColumnBuilder::Texts::own};
    TextColumnBuilder name{TextColumnBuilder::Texts::own};
    TextColumnBuilder sectors{TextColumnBuilder::Texts::shared};

    void add(const Chunk& chunk);
};

std::optional<std::string_view> text_at(const Chunk& chunk, std::size_t column, std::size_t i) {
    return chunk.is_null(column, i) ? std::nullopt : std::optional(chunk.text(column, i));
}

std::int32_t integer_at(const Chunk& chunk, std::size_t column, std::size_t i) {
    return chunk.is_null(column, i) ? Column::kNoInteger : chunk.column<std::int32_t>(column)[i];
}

void Sites::add(const Chunk& chunk) {
    for (std::size_t i = 0; i < chunk.size(); ++i) {
        ids.push_back(chunk.column<std::uint32_t>(0)[i]);
        places.push_back({chunk.column<double>(1)[i], chunk.column<double>(2)[i]});
        number.add(text_at(chunk, 3, i));
        name.add(text_at(chunk, 4, i));
        is_rdi_active.emplace_back(chunk.column<bool>(5)[i]);
        sectors.add(text_at(chunk, 6, i));
        since.push_back(integer_at(chunk, 7, i));
        until.push_back(integer_at(chunk, 8, i));
        employees.push_back(integer_at(chunk, 9, i));
    }
}

/// Which site stands for a crowded place: RD&I-active firms before others, then large ones, then
/// by id.
std::vector<std::uint32_t> ranks_of(const Sites& sites) {
    std::vector<std::uint32_t> order(sites.ids.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&sites](std::uint32_t a, std::uint32_t b) {
        if (sites.is_rdi_active[a] != sites.is_rdi_active[b]) {
            return sites.is_rdi_active[a] > sites.is_rdi_active[b];
        }
        return sites.employees[a] != sites.employees[b] ? sites.employees[a] > sites.employees[b]
                                                        : sites.ids[a] < sites.ids[b];
    });
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
        ranks[order[rank]] = rank;
    }
    return ranks;
}

} // namespace

Result<std::unique_ptr<FirmTiles>> FirmTiles::read(store::Connection& session,
                                                   const std::atomic<bool>& is_closing) {
    Sites sites;
    ICMAP_TRY(read_rows(session, "firm_points", [&](const Chunk& chunk) {
        if (!is_closing) {
            sites.add(chunk);
        }
    }));
    const std::vector<std::uint32_t> ranks = ranks_of(sites);
    tiles::LayerOptions options;
    // Never coarser than 64 by 64 cells, 8 pixels each: some 300 kB of attributes before they are
    // compressed, which a browser draws without a pause.
    options.max_points = 4096;
    options.ranks = ranks;
    std::vector<Column> columns;
    columns.push_back(std::move(sites.number).finish("company_number"));
    columns.push_back(std::move(sites.name).finish("name"));
    columns.push_back(Column::booleans("is_rdi_active", sites.is_rdi_active));
    columns.push_back(std::move(sites.sectors).finish("sectors"));
    columns.push_back(Column::integers("since", std::move(sites.since)));
    columns.push_back(Column::integers("until", std::move(sites.until)));
    columns.push_back(Column::integers("employees", std::move(sites.employees)));
    const std::vector<std::uint64_t> ids(sites.ids.begin(), sites.ids.end());
    TileSet set{"firms", 14, {}};
    ICMAP_ASSIGN(auto layer,
                 tiles::Layer::points("firms", sites.places, std::move(columns), ids, options));
    set.layers.push_back(std::move(layer));
    return std::unique_ptr<FirmTiles>(new FirmTiles(std::move(set)));
}

const TileSet& FirmTiles::of_sector(const std::string& slug) {
    const std::lock_guard lock(mutex_);
    auto& kept = by_sector_[slug];
    if (!kept) {
        const tiles::Layer& whole = all_.layers.front();
        const Column& sectors = whole.columns()[kSectorColumn];
        const std::string wanted = ';' + slug + ';';
        auto made = std::make_unique<TileSet>(TileSet{all_.name, all_.max_zoom, {}});
        made->layers.push_back(whole.subset([&](std::uint32_t i) {
            const tiles::Value value = sectors.at(i);
            const auto* text = std::get_if<std::string_view>(&value);
            return text != nullptr && text->find(wanted) != std::string_view::npos;
        }));
        kept = std::move(made);
    }
    return *kept;
}

} // namespace icmap::serve
