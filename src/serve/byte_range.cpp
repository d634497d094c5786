#include "serve/byte_range.hpp"

#include "serve/finish.hpp"
#include "serve/problem.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

std::optional<std::uint64_t> digits(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = !text.empty() && end == text.data() + text.size();
    return is_whole && error == std::errc() ? std::optional(value) : std::nullopt;
}

} // namespace

ByteRange parse_range(std::string_view header, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    const std::size_t dash = header.find('-');
    if (!header.starts_with(kUnit) || dash == std::string_view::npos ||
        header.find(',') != std::string_view::npos) {
        return {};
    }
    const std::string_view from = header.substr(kUnit.size(), dash - kUnit.size());
    const std::string_view to = header.substr(dash + 1);
    const auto last = digits(to);
    if (!to.empty() && !last) {
        return {};
    }
    if (from.empty()) { // the last so many
        if (!last) {
            return {};
        }
        if (*last == 0 || size == 0) {
            return {ByteRange::Kind::unsatisfiable};
        }
        return {ByteRange::Kind::part, size - std::min(size, *last), size - 1};
    }
    const auto first = digits(from);
    if (!first || (last && *last < *first)) {
        return {};
    }
    if (*first >= size) {
        return {ByteRange::Kind::unsatisfiable};
    }
    return {ByteRange::Kind::part, *first, std::min(last.value_or(size - 1), size - 1)};
}

Response respond_file(const Request& request, std::string content_type,
                      std::shared_ptr<const OpenFile> file, std::string_view tag) {
    const std::uint64_t size = file->size();
    const std::string quoted = fmt::format("\"{}\"", tag);
    const std::string_view condition = request.header("if-range");
    ByteRange range;
    if (request.method == Method::get && (condition.empty() || condition == quoted)) {
        range = parse_range(request.header("range"), size);
    }
    Response response;
    response.headers = {{"ETag", quoted}, {"Accept-Ranges", "bytes"}};
    if (knows_tag(request.header("if-none-match"), tag)) {
        response.status = 304;
        return response;
    }
    if (range.kind == ByteRange::Kind::unsatisfiable) {
        response =
            respond(Problem{416, fmt::format("The file has {} bytes", size), "range",
                            std::string(request.header("range")), "Ask for bytes that are there"},
                    "");
        response.headers.push_back({"Content-Range", fmt::format("bytes */{}", size)});
        return response;
    }
    response.headers.push_back({"Content-Type", std::move(content_type)});
    response.file = FilePart{std::move(file), 0, size};
    if (range.kind == ByteRange::Kind::part) {
        response.status = 206;
        response.headers.push_back(
            {"Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, size)});
        response.file->offset = range.first;
        response.file->size = range.last - range.first + 1;
    }
    return response;
}

} // namespace icmap::serve
