// Any bytes are a packed file: gzip, Zstandard or neither by the first byte. It is unpacked or
// refused, and its head is the start of the whole.
#include "ingest/byte_stream.hpp"
#include "world_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

using namespace icmap;
using fuzz::require;

namespace {

/// Enough for every branch; a few bytes can unpack to gigabytes.
constexpr std::size_t kMostBytes = std::size_t{4} << 20U;

Result<std::string> unpacked(const std::filesystem::path& path) {
    auto stream = ingest::ByteStream::open(path);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    std::string whole;
    while (whole.size() < kMostBytes) {
        const auto piece = stream->next();
        if (!piece) {
            return tl::unexpected(piece.error());
        }
        if (piece->empty()) {
            break;
        }
        whole.append(piece->data(), piece->size());
    }
    return whole;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    constexpr std::array kEndings{".csv.gz", ".csv.zst", ".csv"};
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() /
        ("icmap_packed_fuzz_" + std::to_string(::getpid()) + kEndings[data[0] % kEndings.size()]);
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
    const auto whole = unpacked(path);
    const auto head = ingest::read_head(path, 100);
    std::filesystem::remove(path);
    if (!whole) {
        require(whole.error().kind == ErrorKind::input && !whole.error().what.empty(),
                "a wrong input must be told as one");
        return 0;
    }
    require(head && *head == whole->substr(0, head->size()), "another head");
    require(head->size() >= std::min<std::size_t>(whole->size(), 100), "a short head");
    return 0;
}
