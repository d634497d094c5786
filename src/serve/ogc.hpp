#pragma once

#include "serve/answers.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::serve {

/// A collection of OGC API – Features.
struct OgcCollection {
    std::string_view id, title, description;
    std::string_view view;  ///< of sql/serve/session.sql
    std::string_view order; ///< columns that order its features
    bool is_points;         ///< lon and lat stand in the view; otherwise outlines
};

/// True if the collection is also there as vector tiles (OGC API – Tiles).
[[nodiscard]] inline bool has_tiles(const OgcCollection& collection) {
    return collection.id != "members";
}

/// True if the parameter `datetime` chooses among its features: firms by the days they lived.
[[nodiscard]] inline bool answers_datetime(const OgcCollection& collection) {
    return collection.id == "members";
}

/// A property that features can be filtered by.
struct Queryable {
    std::string name;
    store::ColumnType type;
};

/// The collections this atlas hands out.
[[nodiscard]] std::vector<const OgcCollection*> ogc_collections(const Catalogue& catalogue);

/// \errors 404, or 403 where it is withheld
[[nodiscard]] Checked<const OgcCollection*> find_collection(const Catalogue& catalogue,
                                                            std::string_view id);

/// The columns of the collection's view but id, lon and lat.
[[nodiscard]] Result<std::vector<Queryable>> properties_of(store::Connection& session,
                                                           const OgcCollection& collection);

/// As Parameters::finish, and takes `f`, by which clients of OGC APIs name the encoding.
/// \param encodings the words for what is answered \errors 400, also for another encoding
[[nodiscard]] Checked<void> finish_ogc(Call& call, std::span<const std::string_view> encodings);
/// Of what is answered as JSON.
[[nodiscard]] Checked<void> finish_ogc(Call& call);

/// A link object.
void write_link(JsonWriter& json, std::string_view href, std::string_view rel,
                std::string_view type, std::string_view title);

} // namespace icmap::serve
