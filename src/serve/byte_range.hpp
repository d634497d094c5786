#pragma once

#include "serve/file_part.hpp"
#include "serve/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace icmap::serve {

/// What a Range header asks for of a body of some size.
struct ByteRange {
    enum class Kind : std::uint8_t {
        whole,         ///< no range, not one in bytes, or several: all is sent
        part,          ///< `first` to `last`, inclusive
        unsatisfiable, ///< none of it is there
    };
    Kind kind = Kind::whole;
    std::uint64_t first = 0, last = 0;
};

/// \source RFC 9110, 14.1.2 and 14.2; of several ranges none is sent alone, which it allows
[[nodiscard]] ByteRange parse_range(std::string_view header, std::uint64_t size);

/// A file as an answer: whole (200), in part (206), known already (304), or not so long (416).
/// \param tag a strong entity tag without quotes
[[nodiscard]] Response respond_file(const Request& request, std::string content_type,
                                    std::shared_ptr<const OpenFile> file, std::string_view tag);

} // namespace icmap::serve
