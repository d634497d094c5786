// Whatever bytes come as a request target or a body: they are read or refused, nothing else.
#include "serve/bodies.hpp"
#include "serve/byte_range.hpp"
#include "serve/datetime.hpp"
#include "serve/fold.hpp"
#include "serve/json_writer.hpp"
#include "serve/parameters.hpp"
#include "serve/postcodes.hpp"
#include "serve/target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace icmap::serve;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto target = parse_target(text)) {
        for (const std::string& segment : target->segments) {
            if (segment == ".." || segment == "." || segment.find('/') != std::string::npos) {
                std::abort(); // must not come through
            }
        }
        Parameters parameters(*target);
        static_cast<void>(parameters.integer("limit", 0, 100, 10));
        static_cast<void>(parameters.number("lon", -180, 180));
        static_cast<void>(parameters.boolean("frontier"));
        static_cast<void>(parameters.list("sector"));
        static_cast<void>(parameters.bbox("bbox"));
        static_cast<void>(parameters.by_key("min"));
        static_cast<void>(parameters.finish());
    }
    static_cast<void>(parse_selection(text));
    static_cast<void>(parse_recluster(text));
    static_cast<void>(parse_datetime(text));
    const ByteRange range = parse_range(text, 1000);
    if (range.kind == ByteRange::Kind::part && (range.first > range.last || range.last >= 1000)) {
        std::abort(); // no byte that is not there
    }
    static_cast<void>(Postcodes::normalise(text));
    if (fold(fold(text)) != fold(text)) {
        std::abort(); // folding twice changes nothing
    }
    JsonWriter json;
    json.value(text);
    if (!nlohmann::json::accept(json.text())) {
        std::abort(); // whatever the bytes, what is written is JSON
    }
    return 0;
}
