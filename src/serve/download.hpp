#pragma once

#include "publish/export.hpp"
#include "serve/routes.hpp"

#include <atomic>
#include <string>
#include <string_view>

namespace icmap::serve {

/// The most firms or member sites of one download; `icmap export` has no limit.
inline constexpr std::size_t kMostDownloadRows = 200'000;

/// A file written by publish/ from the atlas that is served, whatever has been built since, and
/// sent from disk. `kMostDownloadsAtOnce` are written at once, none for longer than
/// `kDownloadSeconds`, and none is left behind; a client that takes its file slowly holds the disk,
/// so that no more than `kMostDownloadsHeld` are kept to be sent. A client that holds the answer to
/// the same question of the same atlas is told so (304) before anything is written. \param name of
/// the file, without its extension; "example-data-" comes before it where it is \errors 503: others
/// are being written or sent, it took too long, it cannot be written, or the atlas was
///         written over; 400: what publish/ refuses
[[nodiscard]] Answer download(const Call& call, publish::ExportRequest request,
                              std::string_view name);
inline constexpr int kDownloadSeconds = 60;
inline constexpr int kMostDownloadsAtOnce = 2;
inline constexpr int kMostDownloadsHeld = 32;
[[nodiscard]] std::atomic<int>& download_turns();
[[nodiscard]] std::atomic<int>& downloads_held();

/// The format that an address ends with: csv, geojson, gpkg or xlsx.
/// \errors 404
[[nodiscard]] Checked<publish::ExportFormat> download_format(const std::string& extension);

/// The headers of any file to take away: its name, and the address of what it is made of.
void add_file_headers(Response& response, const Catalogue& catalogue, std::string_view name);

} // namespace icmap::serve
