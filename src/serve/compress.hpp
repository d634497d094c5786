#pragma once

#include <string>
#include <string_view>

namespace icmap::serve {

/// The text in gzip format (RFC 1952); the same text gives the same bytes. Empty where memory is
/// short. The only place that knows libdeflate.
[[nodiscard]] std::string gzip(std::string_view text);

/// The way back, for tests and for clients that do not take gzip; empty where it is no gzip.
[[nodiscard]] std::string gunzip(std::string_view compressed);

} // namespace icmap::serve
