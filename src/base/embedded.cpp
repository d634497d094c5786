#include "base/embedded.hpp"

namespace icmap::base {

std::optional<std::string_view> find_text(std::span<const EmbeddedText> texts,
                                          std::string_view path) {
    for (const EmbeddedText& entry : texts) {
        if (entry.path == path) {
            return entry.text;
        }
    }
    return std::nullopt;
}

} // namespace icmap::base
