#include "ingest/byte_stream.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <vector>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

namespace icmap::ingest {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

std::string lower_extension(const fs::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

tl::unexpected<Error> damaged(const fs::path& path, std::string what) {
    Error error;
    error.what = std::move(what);
    error.file = path.string();
    error.remedy = "Download or make the file again";
    return tl::unexpected(std::move(error));
}

struct CloseFile {
    void operator()(std::FILE* file) const {
        if (file != nullptr) {
            std::fclose(file);
        }
    }
};

enum class Packing { none, gzip, zstandard };

} // namespace

bool is_packed(const fs::path& path) {
    const std::string ending = lower_extension(path);
    return ending == ".gz" || ending == ".zst";
}

struct ByteStream::State {
    fs::path path;
    std::unique_ptr<std::FILE, CloseFile> file;
    Packing packing = Packing::none;
    std::vector<char> stored = std::vector<char>(kBufferBytes);
    std::vector<char> plain;
    std::size_t begin = 0; ///< unread part of `stored`
    std::size_t end = 0;
    std::uint64_t stored_bytes = 0;
    XXH3_state_t* hash = nullptr;
    z_stream zip{};
    ZSTD_DStream* zstd = nullptr;
    bool inside_member = false; ///< a gzip member or Zstandard frame has begun and not ended

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (packing == Packing::gzip) {
            inflateEnd(&zip);
        }
        ZSTD_freeDStream(zstd);
    }

    /// Reads more stored bytes; false at the end of the file.
    Result<bool> refill() {
        begin = 0;
        end = std::fread(stored.data(), 1, stored.size(), file.get());
        if (end == 0 && std::ferror(file.get()) != 0) {
            return damaged(path, fmt::format("The file cannot be read: {}", std::strerror(errno)));
        }
        stored_bytes += end;
        if (hash != nullptr && end > 0) {
            XXH3_64bits_update(hash, stored.data(), end);
        }
        return end > 0;
    }

    /// Unpacks some bytes from `stored`; returns how many.
    Result<std::size_t> unpack_gzip() {
        zip.next_in = reinterpret_cast<Bytef*>(stored.data() + begin);
        zip.avail_in = static_cast<uInt>(end - begin);
        zip.next_out = reinterpret_cast<Bytef*>(plain.data());
        zip.avail_out = static_cast<uInt>(plain.size());
        inside_member = true;
        const int answer = inflate(&zip, Z_NO_FLUSH);
        begin = end - zip.avail_in;
        if (answer == Z_STREAM_END) {
            inside_member = false;
            inflateReset(&zip);
        } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
            return damaged(path, "The file is not gzip, or is damaged");
        }
        return plain.size() - zip.avail_out;
    }

    Result<std::size_t> unpack_zstandard() {
        ZSTD_inBuffer in{stored.data() + begin, end - begin, 0};
        ZSTD_outBuffer out{plain.data(), plain.size(), 0};
        const std::size_t answer = ZSTD_decompressStream(zstd, &out, &in);
        if (ZSTD_isError(answer) != 0) {
            return damaged(path, "The file is not Zstandard, or is damaged");
        }
        begin += in.pos;
        inside_member = answer != 0;
        return out.pos;
    }
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

Result<ByteStream> ByteStream::open(const fs::path& path) {
    auto state = std::make_unique<State>();
    state->path = path;
    state->file.reset(std::fopen(path.c_str(), "rb"));
    if (!state->file) {
        Error error;
        error.what = fmt::format("The file cannot be opened: {}", std::strerror(errno));
        error.file = path.string();
        error.remedy = "Check the path and that you may read it";
        return tl::unexpected(std::move(error));
    }
    const std::string ending = lower_extension(path);
    if (ending == ".gz") {
        // 15 bits of window, and 16 to expect a gzip header.
        if (inflateInit2(&state->zip, 15 + 16) != Z_OK) {
            return internal_error("zlib cannot start");
        }
        state->packing = Packing::gzip;
    } else if (ending == ".zst") {
        state->zstd = ZSTD_createDStream();
        state->packing = Packing::zstandard;
    }
    if (state->packing != Packing::none) {
        state->plain.resize(kBufferBytes);
    }
    return ByteStream(std::move(state));
}

Result<std::span<const char>> ByteStream::next() {
    State& s = *state_;
    while (true) {
        if (s.begin == s.end) {
            ICMAP_ASSIGN(const bool more, s.refill());
            if (!more) {
                if (s.inside_member) {
                    return damaged(s.path, "The compressed file is cut short");
                }
                return std::span<const char>{};
            }
        }
        if (s.packing == Packing::none) {
            s.begin = s.end;
            return std::span<const char>(s.stored.data(), s.end);
        }
        ICMAP_ASSIGN(const std::size_t count,
                     s.packing == Packing::gzip ? s.unpack_gzip() : s.unpack_zstandard());
        if (count > 0) {
            return std::span<const char>(s.plain.data(), count);
        }
    }
}

void ByteStream::skip_to(std::uint64_t offset) {
    // Where it fails the next read says so.
    std::ignore = ::fseeko(state_->file.get(), static_cast<off_t>(offset), SEEK_SET);
    state_->begin = state_->end = 0;
}

std::uint64_t ByteStream::stored_bytes() const {
    return state_->stored_bytes;
}

void ByteStream::hash_into(void* xxh3_state) {
    state_->hash = static_cast<XXH3_state_t*>(xxh3_state);
}

struct InputHash::State {
    XXH3_state_t* xxh3 = XXH3_createState();
    State() { XXH3_64bits_reset(xxh3); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XXH3_freeState(xxh3); }
};

InputHash::InputHash() : state_(std::make_unique<State>()) {}
InputHash::InputHash(InputHash&&) noexcept = default;
InputHash& InputHash::operator=(InputHash&&) noexcept = default;
InputHash::~InputHash() = default;

void* InputHash::state() {
    return state_->xxh3;
}

std::string InputHash::digest() const {
    return fmt::format("{:016x}", XXH3_64bits_digest(state_->xxh3));
}

Result<std::string> read_head(const fs::path& path, std::size_t limit) {
    ICMAP_ASSIGN(ByteStream stream, ByteStream::open(path));
    std::string head;
    while (head.size() < limit) {
        ICMAP_ASSIGN(const std::span<const char> bytes, stream.next());
        if (bytes.empty()) {
            break;
        }
        head.append(bytes.data(), std::min(bytes.size(), limit - head.size()));
    }
    return head;
}

std::string plain_extension(const fs::path& path) {
    std::string ending = lower_extension(path);
    if (ending == ".gz" || ending == ".zst") {
        ending = lower_extension(path.stem());
    }
    return ending.empty() ? ending : ending.substr(1);
}

} // namespace icmap::ingest
