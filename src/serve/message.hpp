#pragma once

#include "serve/file_part.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icmap::serve {

enum class Method : std::uint8_t { get, head, post, options, other };

struct Header {
    std::string name; ///< of a request: lower case
    std::string value;
};

/// A request as it came in, its size already limited.
struct Request {
    Method method = Method::get;
    std::string target = "/"; ///< path and query, as sent
    std::vector<Header> headers;
    std::string body;
    std::string from; ///< address of the client, for the log

    /// The value of a header, empty where it was not sent. \param name lower case
    [[nodiscard]] std::string_view header(std::string_view name) const {
        for (const Header& header : headers) {
            if (header.name == name) {
                return header.value;
            }
        }
        return {};
    }
};

/// An answer. The body is shared with the cache, never changed.
struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::shared_ptr<const std::string> body;
    std::optional<FilePart> file; ///< sent instead of the body

    [[nodiscard]] std::string_view text() const { return body ? std::string_view(*body) : ""; }
    /// Bytes of the body or of the file.
    [[nodiscard]] std::uint64_t size() const { return file ? file->size : text().size(); }
    /// The value of a header, empty where there is none; names are compared as they are written.
    [[nodiscard]] std::string_view header(std::string_view name) const {
        for (const Header& header : headers) {
            if (header.name == name) {
                return header.value;
            }
        }
        return {};
    }
};

/// An answer with a body.
[[nodiscard]] inline Response respond(std::string content_type, std::string body,
                                      int status = 200) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", std::move(content_type)});
    response.body = std::make_shared<const std::string>(std::move(body));
    return response;
}

[[nodiscard]] inline Response respond_json(std::string body) {
    return respond("application/json", std::move(body));
}

} // namespace icmap::serve
