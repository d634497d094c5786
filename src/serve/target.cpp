#include "serve/target.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <ranges>

namespace icmap::serve {
namespace {

constexpr std::size_t kLongestTarget = 8192;

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a' + 10);
    }
    return std::nullopt;
}

/// \param plus_is_space as in queries
Checked<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
            const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
            if (!high || !low) {
                return bad_request("The address holds a percent sign without two hex digits", {},
                                   std::string(text), "Encode a percent sign as %25");
            }
            c = static_cast<char>(*high * 16 + *low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            return bad_request("The address holds a control character", {}, {},
                               "Leave control characters out");
        }
        out += c;
    }
    if (!is_utf8(out)) {
        return bad_request("The address is not UTF-8", {}, {}, "Encode it as UTF-8");
    }
    return out;
}

Checked<void> split_path(std::string_view path, Target& target) {
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        auto segment = decode(path.substr(0, end), false);
        if (!segment) {
            return tl::unexpected(std::move(segment).error());
        }
        path.remove_prefix(end);
        if (*segment == "." || *segment == ".." ||
            segment->find_first_of("/\\") != std::string::npos) {
            return bad_request("The path holds a segment that is not allowed", {}, *segment,
                               "Ask for a plain path");
        }
        if (segment->empty()) {
            if (path.empty()) {
                break; // a slash at the end changes nothing
            }
            return bad_request("The path holds an empty segment", {}, {}, "Leave out one slash");
        }
        target.path += '/' + *segment;
        target.segments.push_back(std::move(*segment));
    }
    if (target.path.empty()) {
        target.path = "/";
    }
    return {};
}

/// Path and query of a target in absolute form; nothing for other forms.
std::optional<std::string_view> after_authority(std::string_view text) {
    const std::size_t colon = text.find("://");
    std::string scheme(text.substr(0, std::min(colon, text.size())));
    std::ranges::transform(scheme, scheme.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    if (colon == std::string_view::npos || (scheme != "http" && scheme != "https")) {
        return std::nullopt;
    }
    text.remove_prefix(colon + 3);
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    return end == 0 ? std::nullopt : std::optional(text.substr(end));
}

} // namespace

Checked<Target> parse_target(std::string_view asked) {
    if (asked.size() > kLongestTarget) {
        return tl::unexpected(Problem{
            414,
            fmt::format("The address has {} bytes; the limit is {}", asked.size(), kLongestTarget),
            {},
            {},
            "Ask for less at once"});
    }
    const std::optional<std::string_view> rest = after_authority(asked);
    if (!rest && !asked.starts_with('/')) {
        return bad_request("The request target must start with a slash", {}, std::string(asked),
                           "Ask for a path such as /api/atlas");
    }
    std::string_view text = rest.value_or(asked);
    text = text.substr(0, text.find('#'));
    const std::size_t question = text.find('?');
    Target target;
    if (auto done = split_path(text.substr(0, question), target); !done) {
        return tl::unexpected(std::move(done).error());
    }
    if (question == std::string_view::npos) {
        return target;
    }
    std::string_view query = text.substr(question + 1);
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) {
            continue;
        }
        const std::size_t equals = pair.find('=');
        auto name = decode(pair.substr(0, equals), true);
        auto value = decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
        if (!name || !value) {
            return tl::unexpected(!name ? std::move(name).error() : std::move(value).error());
        }
        target.query.emplace_back(std::move(*name), std::move(*value));
    }
    return target;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~' ||
                           c == ',';
        if (plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

} // namespace icmap::serve
