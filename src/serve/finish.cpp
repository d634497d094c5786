#include "serve/finish.hpp"

#include "serve/compress.hpp"
#include "serve/json_writer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <xxhash.h>

namespace icmap::serve {
namespace {

/// Below it a compressed answer fits no fewer packets.
constexpr std::size_t kSmallestCompressed = 1024;

/// MapLibre's worker is a file of the page's own, and it writes styles; nothing may be loaded from
/// anywhere but here. Pages may be embedded (the share dialog offers it).
constexpr std::string_view kPagePolicy = "default-src 'self'; script-src 'self'; style-src 'self' "
                                         "'unsafe-inline'; img-src 'self' data: blob:; "
                                         "font-src 'self' data:; connect-src 'self'; worker-src "
                                         "'self'; object-src 'none'; base-uri 'self'; "
                                         "form-action 'self'";
/// A worker is held to the policy of its own file: without this it could not ask for a tile.
constexpr std::string_view kScriptPolicy =
    "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

std::string_view policy_of(std::string_view type) {
    return type.starts_with("text/html")         ? kPagePolicy
           : type.starts_with("text/javascript") ? kScriptPolicy
                                                 : kDataPolicy;
}

bool is_compressible(std::string_view type) {
    constexpr std::array<std::string_view, 8> kKinds{
        "text/", "json", "xml", "mapbox-vector-tile", "javascript", "yaml", "wasm", "protobuf"};
    return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view kind) {
        return type.find(kind) != std::string_view::npos;
    });
}

bool accepts_gzip(std::string_view header) {
    bool takes_any = false;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view coding = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        coding.remove_prefix(std::min(coding.find_first_not_of(" \t"), coding.size()));
        const std::string_view name = coding.substr(0, coding.find_first_of("; \t"));
        if (name != "gzip" && name != "*") {
            continue;
        }
        const std::size_t quality = coding.find("q=");
        const std::string_view weight =
            quality == std::string_view::npos ? "1" : coding.substr(quality + 2);
        const bool is_taken = weight.find_first_of("123456789") != std::string_view::npos;
        if (name == "gzip") {
            return is_taken;
        }
        takes_any = is_taken; // of those that are not named
    }
    return takes_any;
}

/// Open data for any page to read; the page's own questions stay its own.
bool is_shared(std::string_view area) {
    return area == "ogc" || area == "tiles";
}

bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

/// What every answer says of itself besides its type.
void add_headers(Response& response, std::string_view type, std::string_view area) {
    const auto add = [&response](std::string name, std::string_view value) {
        response.headers.push_back({std::move(name), std::string(value)});
    };
    const bool is_page = type.starts_with("text/html");
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "strict-origin-when-cross-origin");
    add("Content-Security-Policy", policy_of(type));
    if (is_page) {
        add("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
    }
    if (is_shared(area)) {
        add("Access-Control-Allow-Origin", "*");
        if (response.file) {
            add("Access-Control-Expose-Headers", "Content-Range, ETag");
        }
    } else {
        // Pages and the pictures that links to them are shown with are for others to show.
        const bool is_shown_elsewhere = is_page || type == "image/png";
        add("Cross-Origin-Resource-Policy", is_shown_elsewhere ? "cross-origin" : "same-origin");
    }
    if (response.header("Cache-Control").empty()) {
        // Kept by the client, asked for again each time: the tag says whether it still holds.
        const bool is_good = response.status >= 200 && response.status < 400;
        add("Cache-Control", is_good ? "no-cache" : "no-store");
    }
    if (response.status == 503) {
        add("Retry-After", "2");
    }
}

} // namespace

bool knows_tag(std::string_view header, std::string_view tag) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view one = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        one.remove_prefix(std::min(one.find_first_not_of(" \t"), one.size()));
        if (one.starts_with("W/")) {
            one.remove_prefix(2);
        }
        one = one.substr(0, one.find_last_not_of(" \t") + 1);
        if (one == "*" || one == fmt::format("\"{}\"", tag) ||
            one == fmt::format("\"{}-gz\"", tag)) {
            return true;
        }
    }
    return false;
}

std::string json_text(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string base_url(const Request& request, std::string_view host, std::uint16_t port) {
    const std::string_view asked = request.header("host");
    const std::string_view scheme =
        request.header("x-forwarded-proto") == "https" ? "https" : "http";
    return is_host(asked) ? fmt::format("{}://{}", scheme, asked)
                          : fmt::format("http://{}:{}", host, port);
}

KeptAnswer finish(Response response, std::string_view area) {
    KeptAnswer kept;
    const std::string type(response.header("Content-Type"));
    add_headers(response, type, area);
    if (response.status == 200 && !response.file) {
        const std::string_view text = response.text();
        const bool is_tile = type.find("vector-tile") != std::string::npos;
        kept.tag = fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
        if (is_compressible(type)) {
            response.headers.push_back({"Vary", "Accept-Encoding"});
            if (text.size() >= kSmallestCompressed) {
                kept.gzip_body = std::make_shared<const std::string>(
                    gzip(text, is_tile ? Effort::quick : Effort::usual));
            }
        }
    }
    kept.response = std::move(response);
    return kept;
}

Response deliver(const KeptAnswer& answer, const Request& request) {
    Response response = answer.response;
    if (!answer.tag.empty()) {
        const bool is_compressed = answer.gzip_body && !answer.gzip_body->empty() &&
                                   accepts_gzip(request.header("accept-encoding"));
        response.headers.push_back(
            {"ETag", fmt::format("\"{}{}\"", answer.tag, is_compressed ? "-gz" : "")});
        // Of a POST it would be a condition that fails, which we need not know.
        const bool is_read = request.method == Method::get || request.method == Method::head;
        const std::string_view known = is_read ? request.header("if-none-match") : "";
        if (!known.empty() && knows_tag(known, answer.tag)) {
            response.status = 304;
            response.body = nullptr;
            std::erase_if(response.headers,
                          [](const Header& h) { return h.name == "Content-Type"; });
            return response;
        }
        if (is_compressed) {
            response.headers.push_back({"Content-Encoding", "gzip"});
            response.body = answer.gzip_body;
        }
    }
    return response;
}

Response preflight(std::string_view area) {
    Response response;
    response.status = 204;
    response.headers.push_back(
        {"Allow", area == "api" ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS"});
    if (is_shared(area)) {
        response.headers.push_back({"Access-Control-Allow-Origin", "*"});
        response.headers.push_back({"Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"});
        response.headers.push_back(
            {"Access-Control-Allow-Headers", "Accept, If-None-Match, If-Range, Range"});
        response.headers.push_back({"Access-Control-Max-Age", "86400"});
    }
    return response;
}

} // namespace icmap::serve
