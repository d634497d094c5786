#pragma once

#include "serve/answer_cache.hpp"
#include "serve/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace icmap::serve {

/// How many threads answer where so many are wanted (0: twice as many as the machine has, four at
/// least, because some wait for the database).
[[nodiscard]] int answering_threads(int wanted);

/// Tags an answer, compresses its body where that pays, and adds the headers that every answer has.
/// \param area first segment of the path: api, ogc, tiles or else the page
[[nodiscard]] KeptAnswer finish(Response response, std::string_view area);

/// The answer for this very request: not modified where its tag is known to the client, compressed
/// where it may be. HEAD gets the same; the connection leaves out the body.
[[nodiscard]] Response deliver(const KeptAnswer& answer, const Request& request);

/// True if a tag is among those of an If-None-Match header, compressed or not.
[[nodiscard]] bool knows_tag(std::string_view header, std::string_view tag);

/// The answer to OPTIONS.
[[nodiscard]] Response preflight(std::string_view area);

/// "http://host:port" as the client addressed us, or as we listen where that cannot be told.
[[nodiscard]] std::string base_url(const Request& request, std::string_view host,
                                   std::uint16_t port);

/// A text as JSON, with its quotes.
[[nodiscard]] std::string json_text(std::string_view text);

} // namespace icmap::serve
