#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace icmap::serve {

/// How much time compressing may take.
enum class Effort : std::uint8_t {
    quick, ///< some 170 MB a second: for tiles, which are cut while somebody waits
    usual, ///< half as fast, some 7 % smaller
};

/// The text in gzip format (RFC 1952); the same text gives the same bytes. Empty where memory is
/// short. The only place that knows libdeflate.
[[nodiscard]] std::string gzip(std::string_view text, Effort effort = Effort::usual);

/// The way back, for tests and for clients that do not take gzip; empty where it is no gzip.
[[nodiscard]] std::string gunzip(std::string_view compressed);

} // namespace icmap::serve
