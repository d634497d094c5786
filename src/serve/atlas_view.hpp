#pragma once

#include "base/deadline.hpp"
#include "base/progress.hpp"
#include "serve/area_years.hpp"
#include "serve/catalogue.hpp"
#include "serve/file_part.hpp"
#include "serve/ground.hpp"
#include "serve/postcodes.hpp"
#include "serve/queries.hpp"
#include "serve/recluster.hpp"
#include "serve/search_index.hpp"
#include "serve/site_table.hpp"
#include "serve/tile_layers.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace icmap::serve {

/// Something small that search finds: everything but postcodes and firms.
struct SearchItem {
    std::string_view kind; ///< as in the contract: place, area, cluster, institution, sector
    std::string key, label, detail;
    std::optional<LonLat> place;
    std::optional<Box> bounds;
};

/// What questions to an open atlas may take.
struct ViewLimits {
    std::size_t sessions = 4;                 ///< requests that question the database at once
    std::chrono::seconds query_time{5};       ///< a question that takes longer is stopped
    std::size_t database_bytes = 512U << 20U; ///< memory of the database once all is read
    std::filesystem::path program = "/proc/self/exe"; ///< see ServeOptions
};

/// An open atlas: its database, and what of it is kept in memory. What there is one of for each
/// firm (names for search, tiles) is read by a thread of its own; until `has_firms` questions
/// that need it are answered without, or refused for the moment.
class AtlasView {
  public:
    /// \errors as store::open_atlas; input: tables or columns are missing
    [[nodiscard]] static Result<std::unique_ptr<AtlasView>>
    open(const std::filesystem::path& path, const ViewLimits& limits, Progress& progress);
    AtlasView(const AtlasView&) = delete;
    AtlasView& operator=(const AtlasView&) = delete;
    ~AtlasView();

    Catalogue catalogue;
    SiteTable sites;
    std::optional<Ground> ground;
    Postcodes postcodes;
    std::vector<SearchItem> items;
    SearchIndex item_names; ///< Match::item is an index into items
    TileLayers tiles;
    std::string version; ///< changes when the atlas or the program does
    /// Held open: a build that puts a new atlas in its place changes nothing here.
    std::shared_ptr<const OpenFile> atlas_file;
    std::unique_ptr<Backgrounds> backgrounds = std::make_unique<Backgrounds>();
    std::shared_ptr<const OpenFile> base_map; ///< PMTiles; null: none

    [[nodiscard]] SessionPool& sessions() const { return *sessions_; }
    /// When a question that is asked now has to be answered.
    [[nodiscard]] Deadline deadline() const { return Deadline(query_time_); }
    /// The names of the firms (Match::item is a firm_id), or nullptr while they are being read.
    [[nodiscard]] const SearchIndex* firm_names() const { return firm_names_ready_.load(); }
    /// What is known of areas by year, or nullptr while it is being summed, or where it cannot be
    /// or may not be told: ask the database then.
    [[nodiscard]] const AreaYears* area_years() const { return area_years_ready_.load(); }
    /// Could the firms not be read? Then they never will be.
    [[nodiscard]] bool have_firms_failed() const { return have_firms_failed_; }
    /// False once somebody has written into the file itself, instead of putting another in its
    /// place: what is read from now on may be of another atlas.
    [[nodiscard]] bool is_file_as_opened() const;
    /// False once another atlas stands where this one was opened.
    [[nodiscard]] bool is_current() const { return atlas_file->is_at(path_); }
    /// Waits until everything is read; for tests.
    void wait() const;

  private:
    AtlasView() = default;
    Result<void> open_file(const std::filesystem::path& path);
    Result<void> read_all(const ViewLimits& limits);
    Result<void> read_items(store::Connection& session);
    Result<void> add_catalogue_items(SearchIndex::Builder& names);
    void add_item(SearchIndex::Builder& names, SearchItem item, double importance,
                  std::string_view extra);
    void read_firms(Progress& progress);
    void read_area_years(Progress& progress);
    void give_memory_back(std::size_t database_bytes);

    std::optional<store::Database> database_;
    std::filesystem::path path_;
    std::uint64_t file_mark_ = 0; ///< of the file when it was opened
    std::unique_ptr<SessionPool> sessions_;
    std::chrono::seconds query_time_{0};
    SearchIndex firm_names_;
    std::atomic<const SearchIndex*> firm_names_ready_{nullptr};
    AreaYears area_years_;
    std::atomic<const AreaYears*> area_years_ready_{nullptr};
    std::atomic<bool> is_complete_{false};
    std::atomic<bool> is_closing_{false};
    std::atomic<bool> have_firms_failed_{false};
    std::thread reader_;
};

} // namespace icmap::serve
