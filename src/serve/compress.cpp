#include "serve/compress.hpp"

#include <array>
#include <libdeflate.h>
#include <memory>

namespace icmap::serve {
namespace {

/// libdeflate's levels, by effort.
constexpr std::array<int, 2> kLevels{1, 6};

struct Free {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
    void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

using Compressor = std::unique_ptr<libdeflate_compressor, Free>;

} // namespace

std::string gzip(std::string_view text, Effort effort) {
    // Each thread keeps its own: building one costs more than compressing a small answer.
    thread_local std::array<Compressor, kLevels.size()> kept;
    const auto which = static_cast<std::size_t>(effort);
    Compressor& compressor = kept[which];
    if (!compressor) {
        compressor.reset(libdeflate_alloc_compressor(kLevels[which]));
    }
    if (!compressor) {
        return {};
    }
    std::string out(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
    out.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), out.data(),
                                        out.size()));
    return out;
}

std::string gunzip(std::string_view compressed) {
    const std::unique_ptr<libdeflate_decompressor, Free> decompressor(
        libdeflate_alloc_decompressor());
    if (!decompressor || compressed.size() < 18) {
        return {};
    }
    // The last four bytes of gzip are the size of the text.
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        size |= static_cast<std::size_t>(
                    static_cast<unsigned char>(compressed[compressed.size() - 4 + i]))
                << (8 * i);
    }
    std::string out(size, '\0');
    const auto done = libdeflate_gzip_decompress(
        decompressor.get(), compressed.data(), compressed.size(), out.data(), out.size(), nullptr);
    return done == LIBDEFLATE_SUCCESS ? out : std::string();
}

} // namespace icmap::serve
