// Any bytes are a project file: it is read, or every fault has a remedy; it never crashes.
#include "pipeline/project.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto project = icmap::pipeline::parse_project(text, "fuzz.toml");
    if (!project && project.error().message().empty()) {
        std::abort();
    }
    return 0;
}
