#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace icmap::ingest {

/// True if the name says that the file is packed (gzip or Zstandard).
[[nodiscard]] bool is_packed(const std::filesystem::path& path);

/// A file read once from start to end, decompressed on the way (gzip and Zstandard by the name's
/// ending), its stored bytes hashed.
class ByteStream {
  public:
    /// \errors input: the file is missing or cannot be read
    [[nodiscard]] static Result<ByteStream> open(const std::filesystem::path& path);
    ByteStream(ByteStream&&) noexcept;
    ByteStream& operator=(ByteStream&&) noexcept;
    ~ByteStream();

    /// The next bytes; empty at the end. Valid until the next call.
    /// \errors input: not what its ending says; damaged or cut short
    [[nodiscard]] Result<std::span<const char>> next();

    /// Goes on at a byte of a file that is not packed.
    void skip_to(std::uint64_t offset);

    /// Bytes of the file so far, as stored.
    [[nodiscard]] std::uint64_t stored_bytes() const;

    /// Hashes the stored bytes into `state` (an XXH3_state_t) as they are read.
    void hash_into(void* xxh3_state);

  private:
    struct State;
    explicit ByteStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The hash of all files of a source, one after the other.
class InputHash {
  public:
    InputHash();
    InputHash(InputHash&&) noexcept;
    InputHash& operator=(InputHash&&) noexcept;
    ~InputHash();
    /// For ByteStream::hash_into.
    [[nodiscard]] void* state();
    /// XXH3, 64 bits, 16 hexadecimal digits.
    [[nodiscard]] std::string digest() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The first `limit` bytes of a file, decompressed.
[[nodiscard]] Result<std::string> read_head(const std::filesystem::path& path, std::size_t limit);

/// The file's name without ".gz" or ".zst", its last ending in lower case: "csv"; empty for none.
[[nodiscard]] std::string plain_extension(const std::filesystem::path& path);

} // namespace icmap::ingest
