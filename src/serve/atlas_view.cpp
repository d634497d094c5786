#include "serve/atlas_view.hpp"

#include "base/freed_memory.hpp"
#include "serve/sector_aliases.hpp"
#include "store/atlas_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <fmt/format.h>
#include <xxhash.h>

namespace icmap::serve {
namespace {
using store::Chunk;

std::string hash_of(std::string_view text) {
    return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

/// Of the headers of a DuckDB file and the checksums of its blocks, which stand first in each.
/// \source duckdb 1.4, storage_info.hpp: three headers of 4 KiB, then blocks of 256 KiB
std::uint64_t mark_of(const OpenFile& file) {
    constexpr std::uint64_t kHeaders = std::uint64_t{3} * 4096;
    constexpr std::uint64_t kBlock = std::uint64_t{256} * 1024;
    constexpr std::uint64_t kMostLooks = 16'384; // a matter of milliseconds; 4 GiB block by block
    const std::uint64_t blocks = file.size() / kBlock + 1;
    const std::uint64_t step = kBlock * (blocks / kMostLooks + 1);
    std::vector<char> seen(kHeaders);
    seen.resize(file.read(0, seen));
    for (std::uint64_t at = kHeaders; at < file.size(); at += step) {
        std::array<char, 8> checksum{};
        static_cast<void>(file.read(at, checksum));
        seen.insert(seen.end(), checksum.begin(), checksum.end());
    }
    return XXH3_64bits(seen.data(), seen.size());
}

/// Of all bytes of the program. \errors input: it cannot be read
Result<std::string> hash_of_program(const std::filesystem::path& path) {
    ICMAP_ASSIGN(const auto program, OpenFile::open(path));
    std::string bytes(program->size(), '\0');
    bytes.resize(program->read(0, bytes));
    return hash_of(bytes);
}

/// "research_organisation" as people read it.
std::string spaced(std::string word) {
    std::replace(word.begin(), word.end(), '_', ' ');
    return word;
}

/// "combined authority, Sheffield City Region until 2021": who looks for a former name sees why
/// this is found.
std::string detail_of(const AreaEntry& area) {
    std::string detail = area.level_words;
    for (const AreaName& other : area.other_names) {
        detail += ", " + other.name;
        if (!other.day.empty()) {
            detail += (other.kind == "former" ? " until " : " from ") + other.day.substr(0, 4);
        }
    }
    return detail;
}

/// Grows with the logarithm: 0 for none, 1 for `many`.
double weight(double count, double many) {
    return std::min(1.0, std::log1p(count) / std::log1p(many));
}

} // namespace

Result<std::unique_ptr<AtlasView>> AtlasView::open(const std::filesystem::path& path,
                                                   const ViewLimits& limits, Progress& progress) {
    auto view = std::unique_ptr<AtlasView>(new AtlasView());
    ICMAP_TRY(view->open_file(path));
    ICMAP_TRY(view->read_all(limits));
    view->reader_ = std::thread([raw = view.get(), &progress, limit = limits.database_bytes] {
        // Nobody is above this thread to catch: the server goes on without the firms.
        try {
            raw->read_firms(progress);
            raw->give_memory_back(limit);
            raw->read_area_years(progress);
        } catch (const std::exception& failure) {
            raw->have_firms_failed_ = true;
            progress.note(std::string("Firms can be neither searched nor drawn: ") +
                          failure.what());
        }
        raw->give_memory_back(limit);
        raw->is_complete_ = true;
        raw->is_complete_.notify_all();
    });
    return view;
}

AtlasView::~AtlasView() {
    is_closing_ = true;
    if (reader_.joinable()) {
        reader_.join();
    }
}

void AtlasView::give_memory_back(std::size_t database_bytes) {
    // Reading all firms fills the database's memory with pages that answers hardly ask for again.
    if (auto session = database_->connect()) {
        static_cast<void>(session->run(fmt::format(
            "set memory_limit = '{}MB'", std::max<std::size_t>(64, database_bytes >> 20U))));
    }
    give_freed_memory_back(); // what reading needed and nobody needs now
}

void AtlasView::wait() const {
    is_complete_.wait(false);
}

Result<void> AtlasView::open_file(const std::filesystem::path& path) {
    constexpr int kTries = 10;
    for (int i = 0; i < kTries; ++i) {
        auto file = OpenFile::open(path);
        ICMAP_ASSIGN(auto database, store::open_atlas(path)); // which tells best what is wrong
        ICMAP_ASSIGN(atlas_file, std::move(file));
        // A build may have put another there between the two.
        if (atlas_file->is_at(path)) {
            database_.emplace(std::move(database));
            file_mark_ = mark_of(*atlas_file);
            path_ = std::filesystem::absolute(path);
            return {};
        }
    }
    Error error;
    error.what = "The atlas is replaced again and again";
    error.file = path.string();
    error.remedy = "Wait until the builds have ended";
    return tl::unexpected(std::move(error));
}

bool AtlasView::is_file_as_opened() const {
    return mark_of(*atlas_file) == file_mark_;
}

Result<void> AtlasView::read_all(const ViewLimits& limits) {
    query_time_ = limits.query_time;
    ICMAP_ASSIGN(sessions_, SessionPool::create(*database_, limits.sessions, limits.query_time));
    // Not from the pool: start-up may take longer than a question.
    ICMAP_ASSIGN(auto session, open_session(*database_));
    ICMAP_ASSIGN(catalogue, read_catalogue(session));
    std::string land_wkb;
    ICMAP_TRY(session.read("select geometry from land", [&land_wkb](const Chunk& chunk) {
        if (chunk.size() > 0) {
            land_wkb = chunk.text(0, 0);
        }
    }));
    ICMAP_ASSIGN(auto projected, Ground::create(catalogue, land_wkb));
    ground.emplace(std::move(projected));
    ICMAP_ASSIGN(sites, SiteTable::read(session, catalogue));
    ICMAP_ASSIGN(postcodes, Postcodes::read(session));
    ICMAP_TRY(read_items(session));
    ICMAP_TRY(tiles.read_shapes(session, catalogue));
    std::string facts = catalogue.atlas_json;
    for (const auto& [parameter, value] : catalogue.run) {
        facts.append(parameter).append(1, '=').append(value).append(1, '\n');
    }
    for (const ClusterEntry& cluster : catalogue.clusters) {
        facts += cluster.reference;
    }
    ICMAP_ASSIGN(const auto fingerprint, json_of(session, "fingerprint"));
    ICMAP_ASSIGN(const std::string program, hash_of_program(limits.program));
    version = hash_of(facts + fingerprint + program);
    return {};
}

void AtlasView::add_item(SearchIndex::Builder& names, SearchItem item, double importance,
                         std::string_view extra) {
    const std::string name = item.label + ' ' + std::string(extra);
    names.add(static_cast<std::uint32_t>(items.size()), importance, name);
    items.push_back(std::move(item));
}

Result<void> AtlasView::add_catalogue_items(SearchIndex::Builder& names) {
    // What is called so itself comes first.
    constexpr double kAliasImportance = 0.4;
    constexpr double kOtherName = 0.8; // nearly as well as by its own
    ICMAP_ASSIGN(const auto aliases, sector_aliases());
    for (const SectorEntry& sector : catalogue.sectors) {
        const auto item = static_cast<std::uint32_t>(items.size());
        add_item(names, {"sector", sector.slug, sector.name, "Sector", {}, {}}, 0.8, "");
        if (const auto found = aliases.find(sector.slug); found != aliases.end()) {
            for (const std::string& alias : found->second) {
                names.add(item, kAliasImportance, alias);
            }
        }
    }
    for (const ClusterEntry& cluster : catalogue.clusters) {
        const SectorEntry& sector = catalogue.sectors[cluster.sector];
        add_item(
            names,
            {"cluster", cluster.slug, cluster.name, sector.name, cluster.label, cluster.bounds},
            0.5 + 0.3 * weight(cluster.enterprise_count, 5000), sector.name);
        // Whoever writes the place alone means its clusters too, after the place itself.
        names.add(static_cast<std::uint32_t>(items.size() - 1),
                  0.4 + 0.3 * weight(cluster.enterprise_count, 5000), cluster.name);
    }
    for (const AreaEntry& area : catalogue.areas) {
        // "Sheffield City Council" means the area, though no area is called so.
        names.add(static_cast<std::uint32_t>(items.size()), kAliasImportance,
                  area.name + " city metropolitan borough county district council");
        for (const AreaName& other : area.other_names) {
            names.add(static_cast<std::uint32_t>(items.size()), kOtherName, other.name);
        }
        add_item(names, {"area", area.code, area.name, detail_of(area), area.label, area.bounds},
                 0.85, "");
    }
    return {};
}

Result<void> AtlasView::read_items(store::Connection& session) {
    SearchIndex::Builder names;
    ICMAP_TRY(add_catalogue_items(names));
    ICMAP_TRY(session.read(
        "select place_id::varchar, name, coalesce(nullif(district, name), kind), lon_deg, lat_deg, "
        "importance from place order by place_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const LonLat at{chunk.column<double>(3)[i], chunk.column<double>(4)[i]};
                add_item(names,
                         {"place",
                          std::string(chunk.text(0, i)),
                          std::string(chunk.text(1, i)),
                          std::string(chunk.text(2, i)),
                          at,
                          {}},
                         0.3 + 0.7 * std::clamp(chunk.column<double>(5)[i], 0.0, 1.0), "");
            }
        }));
    ICMAP_TRY(session.read(
        "select asset_id::varchar, name, kind, lon_deg, lat_deg from asset order by asset_id",
        [&](const Chunk& chunk) {
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                std::optional<LonLat> at;
                if (!chunk.is_null(3, i)) {
                    at = LonLat{chunk.column<double>(3)[i], chunk.column<double>(4)[i]};
                }
                add_item(names,
                         {"institution",
                          std::string(chunk.text(0, i)),
                          std::string(chunk.text(1, i)),
                          spaced(std::string(chunk.text(2, i))),
                          at,
                          {}},
                         0.6, "");
            }
        }));
    item_names = std::move(names).finish();
    return {};
}

void AtlasView::read_firms(Progress& progress) {
    if (catalogue.is_official) {
        return; // firms are withheld: neither found nor drawn
    }
    auto session = open_session(*database_);
    SearchIndex::Builder builder;
    Result<void> done;
    if (session) {
        done = read_rows(*session, "firm_names", [&](const Chunk& chunk) {
            if (is_closing_) {
                return;
            }
            for (std::size_t i = 0; i < chunk.size(); ++i) {
                const double employees =
                    chunk.is_null(2, i) ? 0.0 : chunk.column<std::int32_t>(2)[i];
                const double importance =
                    (chunk.column<bool>(3)[i] ? 0.3 : 0.0) + 0.25 * weight(employees, 10000);
                builder.add(chunk.column<std::uint32_t>(0)[i], importance, chunk.text(1, i));
            }
        });
    }
    if (is_closing_) {
        return;
    }
    if (session && done) {
        firm_names_ = std::move(builder).finish();
        firm_names_ready_ = &firm_names_;
        done = tiles.read_firms(*session, is_closing_);
    }
    if (!session || !done) {
        have_firms_failed_ = true;
        const Error& error = !session ? session.error() : done.error();
        progress.note("Firms can be neither searched nor drawn: " + error.message());
    }
}

void AtlasView::read_area_years(Progress& progress) {
    if (catalogue.is_official || is_closing_) {
        return; // withheld
    }
    auto session = open_session(*database_);
    auto sums = session ? AreaYears::read(*session, catalogue, is_closing_)
                        : tl::unexpected(session.error());
    if (!sums) {
        progress.note("Areas are asked for their years one by one: " + sums.error().message());
    } else if (!is_closing_) {
        area_years_ = std::move(*sums);
        area_years_ready_ = &area_years_;
    }
}

} // namespace icmap::serve
