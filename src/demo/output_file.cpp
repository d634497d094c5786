#include "demo/output_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace icmap::demo {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;

tl::unexpected<Error> file_error(const std::filesystem::path& path, std::string_view doing,
                                 int number) {
    Error error;
    error.kind = ErrorKind::input;
    error.file = path.string();
    error.what =
        fmt::format("The program cannot {}: {}", doing, std::generic_category().message(number));
    if (number == ENOSPC || number == EDQUOT) {
        error.remedy = "Free space on that disk, or choose another folder, or fewer firms.";
    } else if (number == EACCES || number == EPERM || number == EROFS) {
        error.remedy = "Choose a folder you may write to.";
    } else {
        error.remedy = "Check that the folder can be made and written to.";
    }
    return tl::unexpected(std::move(error));
}

} // namespace

std::filesystem::path OutputFile::partial() const {
    return path_.string() + ".partial";
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) {
        return file_error(path.parent_path(), "make the folder", failed.value());
    }
    OutputFile file(path);
    file.descriptor_ = ::open(file.partial().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                              S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
    if (file.descriptor_ < 0) {
        return file_error(path, "create the file", errno);
    }
    file.buffer_.reserve(kBufferBytes);
    return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)),
      buffer_(std::move(other.buffer_)), lines_(other.lines_), bytes_(other.bytes_) {}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
        ::unlink(partial().c_str());
    }
}

Result<void> OutputFile::write(std::string_view text, std::uint64_t rows) {
    lines_ += rows;
    bytes_ += text.size();
    buffer_ += text;
    return buffer_.size() < kBufferBytes ? Result<void>{} : flush();
}

Result<void> OutputFile::flush() {
    const char* at = buffer_.data();
    std::size_t left = buffer_.size();
    while (left > 0) {
        const ssize_t written = ::write(descriptor_, at, left);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return file_error(path_, "write", errno);
        }
        at += written;
        left -= static_cast<std::size_t>(written);
    }
    buffer_.clear();
    return {};
}

Result<void> OutputFile::close() {
    ICMAP_TRY(flush());
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        const int number = errno;
        ::unlink(partial().c_str());
        return file_error(path_, "write", number);
    }
    if (::rename(partial().c_str(), path_.c_str()) != 0) {
        const int number = errno;
        ::unlink(partial().c_str());
        return file_error(path_, "put in place", number);
    }
    return {};
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
    ICMAP_ASSIGN(OutputFile file, OutputFile::create(path));
    ICMAP_TRY(file.write(text, 0));
    return file.close();
}

} // namespace icmap::demo
