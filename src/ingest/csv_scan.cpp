#include "ingest/csv_reader.hpp"

#include <algorithm>
#include <fstream>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

Result<void> feed_all(const fs::path& path, InputHash* hash, CsvScanner& scanner) {
    ICMAP_ASSIGN(ByteStream stream, ByteStream::open(path));
    if (hash != nullptr) {
        stream.hash_into(hash->state());
    }
    while (true) {
        ICMAP_ASSIGN(const std::span<const char> bytes, stream.next());
        if (bytes.empty()) {
            break;
        }
        scanner.feed(bytes);
    }
    scanner.finish();
    return {};
}

void want(CsvScanner& scanner, std::vector<std::uint64_t> wanted, bool by_unit) {
    if (by_unit) {
        scanner.want_units(std::move(wanted));
    } else {
        scanner.want_records(std::move(wanted));
    }
}

/// Feeds the bytes from one mark to the next, or to the end of the file.
Result<void> feed_part(const fs::path& path, std::ifstream& stream, std::uint64_t begin,
                       std::uint64_t end, CsvScanner& scanner) {
    std::vector<char> bytes(end - begin);
    stream.seekg(static_cast<std::streamoff>(begin));
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
        Error error;
        error.file = path.string();
        error.what = "The file changed while it was read";
        error.remedy = "Build again when nothing writes it";
        return tl::unexpected(std::move(error));
    }
    scanner.feed(bytes);
    scanner.finish();
    return {};
}

} // namespace

Result<CsvScan> scan_csv(const CsvFile& file, InputHash* hash) {
    CsvScanner scanner(file.dialect);
    ICMAP_TRY(feed_all(file.path, hash, scanner));
    return CsvScan{scanner.structure(), scanner.marks()};
}

Result<std::vector<RecordPlace>> find_places(const fs::path& path, const CsvDialect& dialect,
                                             std::span<const CsvMark> marks,
                                             std::vector<std::uint64_t> wanted, bool by_unit) {
    if (is_packed(path)) {
        CsvScanner scanner(dialect);
        want(scanner, std::move(wanted), by_unit);
        ICMAP_TRY(feed_all(path, nullptr, scanner));
        return scanner.places();
    }
    const std::uint64_t header = !by_unit && dialect.has_header ? 1 : 0;
    const std::uint64_t size = fs::file_size(path);
    std::ifstream stream(path, std::ios::binary);
    std::vector<RecordPlace> places;
    auto next = wanted.begin();
    for (std::size_t i = 0; i < marks.size() && next != wanted.end(); ++i) {
        const bool is_last = i + 1 == marks.size();
        // A mark counts what is before it; its part ends with the record that the next mark counts.
        const std::uint64_t ended = is_last   ? 0
                                    : by_unit ? marks[i + 1].units
                                              : marks[i + 1].records;
        const auto here =
            is_last ? wanted.end()
                    : std::upper_bound(next, wanted.end(), ended - std::min(ended, header));
        if (here == next) {
            continue;
        }
        CsvScanner scanner(dialect, marks[i]);
        want(scanner, {next, here}, by_unit);
        ICMAP_TRY(feed_part(path, stream, marks[i].offset, is_last ? size : marks[i + 1].offset,
                            scanner));
        places.insert(places.end(), scanner.places().begin(), scanner.places().end());
        next = here;
    }
    return places;
}

} // namespace icmap::ingest
