#include "base/same_file.hpp"

#include <fmt/format.h>

namespace icmap {

Result<void> refuse_overwriting(const std::filesystem::path& output,
                                std::span<const std::filesystem::path> inputs) {
    for (const std::filesystem::path& input : inputs) {
        std::error_code is_no_file;
        if (!input.empty() && std::filesystem::equivalent(output, input, is_no_file)) {
            Error error;
            error.kind = ErrorKind::usage;
            error.file = output.string();
            error.what = output == input
                             ? std::string("The output would overwrite the input")
                             : fmt::format("The output would overwrite the input {}: they are one "
                                           "file",
                                           input.string());
            error.remedy = "Give the output another name";
            return tl::unexpected(std::move(error));
        }
    }
    return {};
}

} // namespace icmap
