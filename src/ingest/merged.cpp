#include "ingest/merged.hpp"

#include "base/progress.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace icmap::ingest {

std::string kept_in_words(const SourceReport& source) {
    std::string text = fmt::format("{} kept", grouped(source.rows_kept));
    if (source.records < source.rows_kept) {
        text += fmt::format(" (merged into {})", grouped(source.records));
    }
    return text;
}

std::string path_in_words(const SourceReport& source) {
    return source.layer.empty() ? source.path
                                : fmt::format("{} (layer {})", source.path, source.layer);
}

std::optional<std::string> areas_given_twice(const SourceReport& source) {
    std::uint64_t twice = source.rows_kept - std::min(source.records, source.rows_kept);
    for (const RejectCount& fault : source.rejects) {
        twice += fault.code == "duplicate_key" ? fault.rows : 0;
    }
    if (source.kind != "areas" || twice == 0) {
        return std::nullopt;
    }
    return fmt::format(
        "{} of {} in source {}, {}, {} given twice: the first of each is kept. Take one of the "
        "files out, or give the two files different levels",
        grouped(twice), counted(source.rows_read, "area"), source.source_id, source.path,
        twice == 1 ? "is" : "are");
}

} // namespace icmap::ingest
