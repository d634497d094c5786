#include "worlds/tiny_atlas.hpp"

#include "store/atlas_file.hpp"
#include "store/steps.hpp"

#include <fstream>
#include <sstream>

namespace icmap::worlds {

Result<void> make_tiny_atlas(const std::filesystem::path& target) {
    return make_tiny_atlas(target, "");
}

Result<void> make_tiny_atlas(const std::filesystem::path& target, const char* statements) {
    const std::ifstream script(ICMAP_SOURCE_DIR "/tests/worlds/tiny_atlas.sql");
    if (!script) {
        return internal_error("tests/worlds/tiny_atlas.sql is missing");
    }
    std::ostringstream text;
    text << script.rdbuf();
    ICMAP_ASSIGN(auto writer, store::AtlasWriter::open(target, {}));
    ICMAP_TRY(store::create_atlas_schema(writer.connection()));
    ICMAP_TRY(writer.connection().run(text.str()));
    ICMAP_TRY(writer.connection().run(statements));
    return writer.commit();
}

} // namespace icmap::worlds
