#pragma once

#include "base/result.hpp"
#include "serve/application.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace icmap::serve {

/// Speaks HTTP/1.1 on a socket for an application. The only part that knows Boost.
class HttpServer {
  public:
    /// Listens, so that clients can connect; answers once `run` is called.
    /// \errors input: the port is taken, the address is not one of this machine
    [[nodiscard]] static Result<HttpServer> listen(Application& application,
                                                   const ServeOptions& options);
    HttpServer(HttpServer&&) noexcept;
    HttpServer& operator=(HttpServer&&) noexcept;
    ~HttpServer();

    /// The port it listens on.
    [[nodiscard]] std::uint16_t port() const;
    /// Answers until `stop`; with `watch_signals` also until SIGINT or SIGTERM. Requests that have
    /// come in are answered first, for ten seconds at most.
    void run(bool watch_signals);
    /// Makes `run` return; from any thread.
    void stop();

  private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace icmap::serve
