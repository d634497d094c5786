#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace icmap::demo {

/// A file that appears complete or not at all: it is written beside its place as `NAME.partial`
/// and renamed by `close`; an object that dies unclosed removes what it wrote.
class OutputFile {
  public:
    /// \errors input: the folder cannot be made or the file cannot be created
    [[nodiscard]] static Result<OutputFile> create(const std::filesystem::path& path);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Appends the text, of `rows` lines. \errors input: the disk is full or the device fails
    [[nodiscard]] Result<void> write(std::string_view text, std::uint64_t rows);

    /// Flushes and renames. \errors as `write`
    [[nodiscard]] Result<void> close();

    /// Lines written so far.
    [[nodiscard]] std::uint64_t lines() const { return lines_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  private:
    explicit OutputFile(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] std::filesystem::path partial() const;
    [[nodiscard]] Result<void> flush();

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::string buffer_;
    std::uint64_t lines_ = 0;
    std::uint64_t bytes_ = 0;
};

/// Writes a whole small file as `OutputFile` does. \errors as there
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text);

} // namespace icmap::demo
