#include "store/database_error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace icmap::store {
namespace {

constexpr std::string_view kErrorMark = " Error: ";

/// "FATAL Error: ", "Invalid Input Error: ": up to three words before the mark.
std::size_t length_of_kind(std::string_view text) {
    const std::size_t mark = text.find(kErrorMark);
    if (mark == std::string_view::npos || mark == 0) {
        return 0;
    }
    const std::string_view kind = text.substr(0, mark);
    const bool is_words = std::all_of(kind.begin(), kind.end(), [](unsigned char c) {
        return std::isalpha(c) != 0 || c == ' ' || c == '-';
    });
    const auto blanks = std::count(kind.begin(), kind.end(), ' ');
    return is_words && blanks <= 2 ? mark + kErrorMark.size() : 0;
}

bool holds_any(std::string_view text, std::span<const std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [text](std::string_view part) {
        return text.find(part) != std::string_view::npos;
    });
}

/// The first text in double quotes, if it is the name of a file.
std::string file_in(std::string_view text) {
    const std::size_t open = text.find('"');
    const std::size_t close = open == std::string_view::npos ? open : text.find('"', open + 1);
    if (close == std::string_view::npos) {
        return {};
    }
    const std::string_view quoted = text.substr(open + 1, close - open - 1);
    return quoted.find('/') == std::string_view::npos ? std::string() : std::string(quoted);
}

/// What the system calls a disk, a quota or a file that can take no more, and the database its
/// spill folder.
constexpr std::array<std::string_view, 6> kDiskFull{
    "No space left on device", "Disk quota exceeded", "File too large",
    "max_temp_directory_size", "disk is full",        "failed to offload data block"};

constexpr std::string_view kDiskIsFull =
    "The disk is full, or a file on it may not grow any further";

} // namespace

std::string cause_of(std::string_view text) {
    for (const std::string_view end : {"\n\nStack Trace", "\nStack Trace", "\n\nLINE ", "\nLINE ",
                                       "\n\nCandidate ", "\nCandidate ", "\nThis error signals"}) {
        text = text.substr(0, text.find(end));
    }
    while (const std::size_t kind = length_of_kind(text)) {
        text.remove_prefix(kind);
    }
    std::string cause(text.substr(0, text.find("\n\n")));
    std::replace(cause.begin(), cause.end(), '\n', ' ');
    while (!cause.empty() && (cause.back() == ' ' || cause.back() == '.')) {
        cause.pop_back();
    }
    return cause;
}

Error database_error(const char* text) {
    const std::string_view said = text == nullptr ? "" : text;
    Error error;
    error.what = cause_of(said);
    if (error.what.empty()) {
        error.what = "the database gave no reason";
    }
    if (said.starts_with("INTERRUPT")) {
        error.what = said;
    } else if (holds_any(said, kDiskFull)) {
        error.file = file_in(said);
        error.what = kDiskIsFull;
        error.remedy = "Free some space there, or choose another disk, and run it again; what was "
                       "there before stays as it was";
    } else if (said.find("Out of Memory Error") != std::string_view::npos) {
        error.what = "The memory that the database may use is not enough: " + error.what;
        error.remedy = "Allow more of it (a build: --memory N, in GB), or use fewer --threads";
    } else if (said.starts_with("INTERNAL Error") || said.starts_with("FATAL Error")) {
        error.kind = ErrorKind::internal;
        error.what = "The database failed: " + error.what;
    }
    return error;
}

bool leaves_no_database(const Error& error) {
    return error.kind == ErrorKind::internal || error.what == kDiskIsFull;
}

} // namespace icmap::store
