#include "serve/http_server.hpp"
#include "serve/test_atlas.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace icmap::serve {
namespace {

/// A running server on a free port, and raw sockets to it.
class Running {
  public:
    explicit Running(const HttpLimits& limits = {})
        : server_(HttpServer::listen(tiny().application(), options(), limits).value()),
          thread_([this] { server_.run(false); }) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() { stop(); }
    void stop() {
        if (thread_.joinable()) {
            server_.stop();
            thread_.join();
        }
    }
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] int connect() const {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        return socket;
    }
    static void send(int socket, const std::string& text) {
        ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    }
    /// All that comes until the server closes.
    static std::string read_all(int socket) {
        std::string all;
        char buffer[4096];
        for (ssize_t n = 0; (n = ::recv(socket, buffer, sizeof buffer, 0)) > 0;) {
            all.append(buffer, static_cast<std::size_t>(n));
        }
        ::close(socket);
        return all;
    }
    [[nodiscard]] std::string ask(const std::string& text) const {
        const int socket = connect();
        send(socket, text);
        return read_all(socket);
    }

  private:
    static ServeOptions options() {
        ServeOptions options;
        options.port = 0;
        return options;
    }
    HttpServer server_;
    std::thread thread_;
};

TEST(HttpServer, AnswersSeveralRequestsOnOneConnection) {
    const Running running;
    const std::string answer =
        running.ask("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
                    "HEAD /api/atlas HTTP/1.1\r\nHost: a\r\n\r\n"
                    "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    std::size_t count = 0;
    for (std::size_t at = 0; (at = answer.find("HTTP/1.1 200", at)) != std::string::npos; ++at) {
        ++count;
    }
    EXPECT_EQ(count, 3U) << answer;
    EXPECT_EQ(answer.find("is_example"), std::string::npos) << "HEAD has no body";
}

TEST(HttpServer, RefusesWhatIsTooLargeOrNoHttp) {
    HttpLimits limits;
    limits.header_bytes = 2048;
    limits.body_bytes = 1000;
    const Running running(limits);
    EXPECT_NE(running.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x') + "\r\n\r\n")
                  .find("HTTP/1.1 431"),
              std::string::npos);
    EXPECT_NE(running.ask("POST /api/selection HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
                  .find("HTTP/1.1 413"),
              std::string::npos);
    EXPECT_NE(running.ask("this is not http\r\n\r\n").find("HTTP/1.1 400"), std::string::npos);
    EXPECT_NE(running.ask("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .find("HTTP/1.1 200"),
              std::string::npos)
        << "it still lives";
}

TEST(HttpServer, DropsConnectionsThatSayNothing) {
    HttpLimits limits;
    limits.seconds = 1;
    const Running running(limits);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(running.ask("GET /hea"), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
}

TEST(HttpServer, TellsConnectionsBeyondTheLimitToComeBack) {
    HttpLimits limits;
    limits.connections = 1;
    const Running running(limits);
    const int first = running.connect();
    Running::send(first, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    char byte = 0;
    ASSERT_EQ(::recv(first, &byte, 1, 0), 1);
    EXPECT_NE(running.ask("GET /health HTTP/1.1\r\nHost: a\r\n\r\n").find("503"),
              std::string::npos);
    ::close(first);
}

TEST(HttpServer, StopsAtOnceWhileAClientIdles) {
    Running running;
    const int idle = running.connect();
    Running::send(idle, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
    char byte = 0;
    ASSERT_EQ(::recv(idle, &byte, 1, 0), 1);
    const auto start = std::chrono::steady_clock::now();
    running.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    ::close(idle);
}

TEST(HttpServer, SaysThatThePortIsTaken) {
    const Running running;
    ServeOptions options;
    options.port = running.port();
    const auto second = HttpServer::listen(tiny().application(), options);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().field, "port");
    EXPECT_NE(second.error().what.find("is taken"), std::string::npos);
    EXPECT_NE(second.error().remedy.find("--port"), std::string::npos);
    options.host = "not an address";
    EXPECT_FALSE(HttpServer::listen(tiny().application(), options));
}

} // namespace
} // namespace icmap::serve
