#include "serve/base_map.hpp"

#include "serve/byte_range.hpp"
#include "serve/routes.hpp"

#include <array>
#include <fmt/format.h>
#include <string_view>

namespace icmap::serve {

Result<std::shared_ptr<const OpenFile>> open_base_map(const std::filesystem::path& path) {
    ICMAP_ASSIGN(auto file, OpenFile::open(path));
    // \source PMTiles 3, section 3: a header of 127 bytes that begins with the name and version
    constexpr std::string_view kMagic = "PMTiles\x03";
    std::array<char, 127> header{};
    const std::size_t read = file->read(0, header);
    if (read < header.size() || !std::string_view(header.data(), read).starts_with(kMagic)) {
        Error error;
        error.what = "The base map is not PMTiles, version 3";
        error.file = path.string();
        error.remedy = "Convert it with the program pmtiles, or serve without --base-map";
        return tl::unexpected(std::move(error));
    }
    return file;
}

Answer get_base_map(Call& call) {
    ICMAP_TRY(call.parameters.finish());
    const auto& file = call.atlas.base_map;
    if (!file) {
        return not_found("This server has no base map", "Start it with --base-map FILE.pmtiles");
    }
    return respond_file(call.request, "application/vnd.pmtiles", file,
                        fmt::format("{:x}-{:x}", file->size(), file->modified_ns()));
}

} // namespace icmap::serve
