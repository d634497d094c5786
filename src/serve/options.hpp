#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace icmap::serve {

/// What a connection may do before it is closed.
struct HttpLimits {
    std::uint32_t header_bytes = 16 * 1024;
    std::uint64_t body_bytes = std::uint64_t{1024} * 1024;
    int seconds = 30;               ///< for a request to come in, an answer to go out, or idle
    std::size_t connections = 2000; ///< at once; more are told to come back
};

struct ServeOptions {
    std::string host = "127.0.0.1"; ///< address to listen at
    std::uint16_t port = 8080;      ///< 0: any that is free
    std::filesystem::path web;      ///< folder of the built page; empty: a plain list instead
    std::filesystem::path base_map; ///< a PMTiles file; empty: none
    int threads = 0;                ///< that answer requests; 0 = twice as many as the machine has
    bool access_log = false;        ///< one line per request on standard error
    /// A question to the database, or a live clustering, that takes longer is stopped.
    int query_seconds = 5;
    std::size_t cache_bytes = std::size_t{256} << 20U; ///< of answers and tiles kept
    /// What the database may take once all is read; start-up may take more.
    std::size_t database_bytes = std::size_t{512} << 20U;
    /// The file of the program: another one may answer otherwise, so that the marks by which
    /// clients know an answer again are of it too.
    std::filesystem::path program = "/proc/self/exe";
    HttpLimits http;
};

} // namespace icmap::serve
