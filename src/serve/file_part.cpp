#include "serve/file_part.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace icmap::serve {
namespace {

tl::unexpected<Error> file_error(const std::filesystem::path& path, std::string what) {
    Error error;
    error.what = std::move(what);
    error.file = path.string();
    error.remedy = "Name a file that this user may read";
    return tl::unexpected(std::move(error));
}

} // namespace

Result<std::shared_ptr<const OpenFile>> OpenFile::open(const std::filesystem::path& path) {
    const std::shared_ptr<OpenFile> file(new OpenFile());
    file->descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file->descriptor_ < 0) {
        return file_error(path, std::generic_category().message(errno));
    }
    struct stat facts {};
    if (::fstat(file->descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return file_error(path, "This is not a plain file");
    }
    file->size_ = static_cast<std::uint64_t>(facts.st_size);
    file->modified_ns_ = std::int64_t{facts.st_mtim.tv_sec} * 1'000'000'000 + facts.st_mtim.tv_nsec;
    return std::shared_ptr<const OpenFile>(file);
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::filesystem::path OpenFile::lasting_path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

bool OpenFile::is_at(const std::filesystem::path& path) const {
    struct stat ours {};
    struct stat named {};
    return ::fstat(descriptor_, &ours) == 0 && ::stat(path.c_str(), &named) == 0 &&
           ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

std::size_t OpenFile::read(std::uint64_t offset, std::span<char> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = ::pread(descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            break;
        }
        done += static_cast<std::size_t>(n);
    }
    return done;
}

} // namespace icmap::serve
