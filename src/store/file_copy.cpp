#include "store/file_copy.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
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

/// Of one call: long enough to cost nothing, short enough that the disk soon has something to do.
constexpr std::size_t kPiece = std::size_t{64} << 20U;

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
    for (off_t done = 0; done < about.st_size;) {
        const auto left = static_cast<std::size_t>(about.st_size - done);
        const ssize_t copied = ::copy_file_range(in.number(), nullptr, out.number(), nullptr,
                                                 std::min(left, kPiece), 0);
        if (copied < 0 && done == 0 && is_not_for_the_kernel(errno)) {
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
