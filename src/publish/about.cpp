#include "publish/table.hpp"

#include <fmt/format.h>

namespace icmap::publish {

Result<std::string> about_text(store::Connection& atlas) {
    const auto parameter = [&atlas](std::string_view name) {
        return atlas.text("select max(value) from run where parameter = $1", {name});
    };
    ICMAP_ASSIGN(const std::string name, parameter("project_name"));
    ICMAP_ASSIGN(const std::string as_of, parameter("as_of"));
    ICMAP_ASSIGN(const std::string version, parameter("engine_version"));
    ICMAP_ASSIGN(const std::string example, parameter("is_example"));
    std::string text = fmt::format("{} – innovation clusters, as of {}\n", name, as_of);
    if (example == "true") {
        text += "Example data: every firm, grant, patent and deal in it is made up.\n";
    }
    text += fmt::format("Made with icmap {}. Positions are WGS 84 (EPSG:4326).\n", version);
    text += "Contains data from:\n";
    ICMAP_TRY(atlas.read("select coalesce(title, path), coalesce(licence, 'licence not stated'), "
                         "attribution, dated, url "
                         "from source order by source_id",
                         [&text](const store::Chunk& chunk) {
                             for (std::size_t row = 0; row < chunk.size(); ++row) {
                                 text += fmt::format("- {} ({})", chunk.text(0, row),
                                                     chunk.text(1, row));
                                 for (const std::size_t column : {2U, 3U, 4U}) {
                                     if (!chunk.text(column, row).empty()) {
                                         text += fmt::format("; {}", chunk.text(column, row));
                                     }
                                 }
                                 text += '\n';
                             }
                         }));
    return text;
}

} // namespace icmap::publish
