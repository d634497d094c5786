#include "store/file_copy.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace icmap::store {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

tl::unexpected<Error> failure(const std::filesystem::path& file) {
    Error error;
    error.what = fmt::format("The file cannot be copied: {}", std::strerror(errno));
    error.file = file.string();
    error.remedy = errno == ENOSPC ? "Free some space on the disk" : "";
    return tl::unexpected(std::move(error));
}

/// Some file systems, and any two different ones, leave copying to the program.
bool is_not_for_the_kernel(int error) {
    return error == EXDEV || error == EINVAL || error == ENOSYS || error == EOPNOTSUPP;
}

/// A file in the address space, to be read. Only the kernel looks at it: should the file become
/// shorter meanwhile, that fails like any read.
class Mapping {
  public:
    Mapping(const Descriptor& file, std::size_t bytes)
        : bytes_(bytes), start_(::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.number(), 0)) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() {
        if (is_there()) {
            ::munmap(start_, bytes_);
        }
    }
    [[nodiscard]] bool is_there() const { return start_ != MAP_FAILED; }
    [[nodiscard]] const char* at(std::size_t offset) const {
        return static_cast<const char*>(start_) + offset;
    }

  private:
    std::size_t bytes_;
    void* start_;
};

/// Of one call: long enough to cost nothing, short enough that the disk soon has something to do.
constexpr std::size_t kPiece = std::size_t{64} << 20U;

/// What disks write in whole; on all known ones a multiple of their blocks.
constexpr off_t kDiskBlock = 4096;

/// Has the disk take whole blocks from where the first file lies in memory: nothing is copied there
/// and no memory is taken for it. \returns how many bytes are written: all whole blocks or, where
/// the file system or the disk does not do that, fewer
off_t write_past_the_cache(const Descriptor& in, off_t bytes, const std::filesystem::path& to) {
    const off_t whole = bytes / kDiskBlock * kDiskBlock;
    const Descriptor out(::open(to.c_str(), O_WRONLY | O_CLOEXEC | O_DIRECT));
    if (out.number() < 0 || whole == 0) {
        return 0;
    }
    const Mapping from(in, static_cast<std::size_t>(whole));
    off_t done = 0;
    while (from.is_there() && done < whole) {
        const auto at = static_cast<std::size_t>(done);
        const std::size_t piece = std::min(static_cast<std::size_t>(whole) - at, kPiece);
        const ssize_t written = ::pwrite(out.number(), from.at(at), piece, done);
        if (written <= 0 || written % kDiskBlock != 0) {
            break; // the kernel tells why when it copies the rest
        }
        done += written;
    }
    return done;
}

} // namespace

Result<void> copy_whole_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (in.number() < 0 || ::fstat(in.number(), &about) != 0) {
        return failure(from);
    }
    const Descriptor out(
        ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, about.st_mode & 0777U));
    if (out.number() < 0) {
        return failure(to);
    }
    if (::ioctl(out.number(), FICLONE, in.number()) == 0) {
        return {};
    }
    off_t done = write_past_the_cache(in, about.st_size, to);
    while (done < about.st_size) {
        const auto left = static_cast<std::size_t>(about.st_size - done);
        off_t in_at = done;
        off_t out_at = done;
        const ssize_t copied = ::copy_file_range(in.number(), &in_at, out.number(), &out_at,
                                                 std::min(left, kPiece), 0);
        if (copied < 0 && is_not_for_the_kernel(errno)) {
            std::error_code error;
            std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing,
                                       error);
            errno = error.value();
            return error ? Result<void>(failure(to)) : Result<void>();
        }
        if (copied <= 0) {
            errno = copied == 0 ? EIO : errno; // it became shorter meanwhile
            return failure(to);
        }
        ::sync_file_range(out.number(), done, copied, SYNC_FILE_RANGE_WRITE);
        done += copied;
    }
    return {};
}

} // namespace icmap::store
