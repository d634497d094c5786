#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace icmap::serve {

/// A file open for reading, until the last owner lets go of it. Any number of threads may read.
class OpenFile {
  public:
    /// \errors input: no such file, or it cannot be read; it is not a plain file
    [[nodiscard]] static Result<std::shared_ptr<const OpenFile>>
    open(const std::filesystem::path& path);
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Nanoseconds since 1970.
    [[nodiscard]] std::int64_t modified_ns() const { return modified_ns_; }
    /// A name that opens this very file, whatever stands under its own name by now; good while this
    /// lives.
    [[nodiscard]] std::filesystem::path lasting_path() const;
    /// True if this is the file that has the name.
    [[nodiscard]] bool is_at(const std::filesystem::path& path) const;
    /// Fills `into` from a place in the file; fewer bytes at its end or where reading fails.
    [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> into) const;

  private:
    OpenFile() = default;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t modified_ns_ = 0;
};

/// A stretch of a file, which is sent piece by piece.
struct FilePart {
    std::shared_ptr<const OpenFile> file;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

} // namespace icmap::serve
