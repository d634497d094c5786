#pragma once

#include "publish/export.hpp"
#include "serve/routes.hpp"

#include <string>
#include <string_view>

namespace icmap::serve {

/// The most firms or member sites of one download; `icmap export` has no limit.
inline constexpr std::size_t kMostDownloadRows = 200'000;

/// A file written by publish/ and sent from disk. Two are written at once, none for longer than
/// `kDownloadSeconds`, and none is left behind.
/// \param name of the file, without its extension
/// \errors 503: others are being written, or it took too long; 400: what publish/ refuses
[[nodiscard]] Answer download(const AtlasView& atlas, const publish::ExportRequest& request,
                              std::string_view name);
inline constexpr int kDownloadSeconds = 60;

/// The format that an address ends with: csv, geojson, gpkg or xlsx.
/// \errors 404
[[nodiscard]] Checked<publish::ExportFormat> download_format(const std::string& extension);

} // namespace icmap::serve
