#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "serve/message.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace icmap::serve {

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
};

/// Answers requests; knows nothing of sockets. Any number of threads may ask at once.
class Application {
  public:
    /// Opens the atlas and reads what is kept in memory. What there is one of for each firm is read
    /// in the background (see `wait`). `progress` must outlive the application.
    /// \errors input: no such atlas, not an atlas, the folder of the page cannot be read
    [[nodiscard]] static Result<std::unique_ptr<Application>>
    open(const std::filesystem::path& atlas, const ServeOptions& options, Progress& progress);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// The answer to a request, errors included; never throws.
    [[nodiscard]] Response handle(const Request& request);

    /// Waits until all is read; for tests.
    void wait() const;

    /// One line that says what is served: "Tiny atlas: 6 clusters in 5 sectors (example data)".
    [[nodiscard]] std::string title() const;

  private:
    struct State;
    explicit Application(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace icmap::serve
