#include "serve/http_server.hpp"

#include "serve/finish.hpp"
#include "serve/http_session.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <thread>
#include <vector>

namespace icmap::serve {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
/// How long requests that have come in may take once the server is told to stop.
constexpr std::chrono::seconds kGrace{10};
} // namespace

struct HttpServer::State {
    Application* application;
    HttpLimits limits;
    int threads;
    HttpSessions sessions; ///< before the context: its last handlers take themselves out of it
    asio::io_context context;
    /// Accepting and stopping happen one after the other, whichever thread they are on.
    asio::strand<asio::io_context::executor_type> strand = asio::make_strand(context);
    tcp::acceptor acceptor{strand};
    asio::signal_set signals{strand};
    asio::steady_timer grace{strand};
    std::uint16_t port = 0;

    State(Application& app, const HttpLimits& given, int thread_count)
        : application(&app), limits(given), threads(thread_count), context(thread_count) {}

    void accept() {
        acceptor.async_accept(asio::make_strand(context), [this](boost::system::error_code error,
                                                                 tcp::socket socket) {
            if (!acceptor.is_open()) {
                return;
            }
            if (!error) {
                std::make_shared<HttpSession>(std::move(socket), *application, sessions, limits)
                    ->start();
                accept();
                return;
            }
            // Out of file descriptors, say: not at once again.
            grace.expires_after(std::chrono::milliseconds(50));
            grace.async_wait([this](boost::system::error_code) {
                if (acceptor.is_open()) {
                    accept();
                }
            });
        });
    }

    void begin_stop() {
        if (!acceptor.is_open()) {
            return; // told so already: two waits for the end would wake each other without rest
        }
        boost::system::error_code ignored;
        acceptor.close(ignored);
        signals.cancel(ignored);
        sessions.close_idle();
        deadline = std::chrono::steady_clock::now() + kGrace;
        await_end();
    }

    /// Returns once no connection is left, or time is up.
    void await_end() {
        if (sessions.size() == 0 || std::chrono::steady_clock::now() > deadline) {
            context.stop();
            return;
        }
        grace.expires_after(std::chrono::milliseconds(20));
        grace.async_wait([this](boost::system::error_code) { await_end(); });
    }

    std::chrono::steady_clock::time_point deadline;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::listen(Application& application, const ServeOptions& options) {
    auto state =
        std::make_unique<State>(application, options.http, answering_threads(options.threads));
    boost::system::error_code error;
    const auto address =
        asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, error);
    Error failure;
    failure.field = "host";
    failure.value = options.host;
    if (error) {
        failure.what = "The address to listen at is not an IP address";
        failure.remedy = "Use 127.0.0.1 for this machine alone, 0.0.0.0 for all";
        return tl::unexpected(std::move(failure));
    }
    const tcp::endpoint endpoint(address, options.port);
    state->acceptor.open(endpoint.protocol(), error);
    if (!error) {
        state->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        state->acceptor.bind(endpoint, error);
    }
    if (!error) {
        state->acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        failure.field = "port";
        failure.value = std::to_string(options.port);
        failure.what = error == asio::error::address_in_use
                           ? fmt::format("Port {} is taken by another program", options.port)
                           : fmt::format("Cannot listen at {}:{}: {}", options.host, options.port,
                                         error.message());
        failure.remedy = error == asio::error::address_in_use
                             ? fmt::format("Stop that program, or choose another port: --port {}",
                                           options.port < 65535 ? options.port + 1 : 8080)
                             : "Choose an address of this machine and a port from 1024 on";
        return tl::unexpected(std::move(failure));
    }
    state->port = state->acceptor.local_endpoint().port();
    return HttpServer(std::move(state));
}

std::uint16_t HttpServer::port() const {
    return state_->port;
}

void HttpServer::run(bool watch_signals) {
    State& state = *state_;
    if (watch_signals) {
        state.signals.add(SIGINT);
        state.signals.add(SIGTERM);
        state.signals.async_wait([&state](boost::system::error_code error, int) {
            if (!error) {
                state.begin_stop();
            }
        });
    }
    state.accept();
    std::vector<std::thread> workers;
    for (int i = 1; i < state.threads; ++i) {
        workers.emplace_back([&state] { state.context.run(); });
    }
    state.context.run();
    for (std::thread& worker : workers) {
        worker.join();
    }
}

void HttpServer::stop() {
    asio::post(state_->strand, [state = state_.get()] { state->begin_stop(); });
}

} // namespace icmap::serve
