#include "serve/download.hpp"
#include "serve/http_server.hpp"
#include "serve/test_atlas.hpp"

#include <arpa/inet.h>
#include <filesystem>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace icmap::serve {
namespace {

/// A running server on a free port, and raw sockets to it.
class Running {
  public:
    explicit Running(const HttpLimits& limits = {})
        : server_(HttpServer::listen(tiny().application(), options(limits)).value()),
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
    static ServeOptions options(const HttpLimits& limits) {
        ServeOptions options;
        options.port = 0;
        options.http = limits;
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

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) {
        ++count;
    }
    return count;
}

TEST(HttpServer, DropsAClientThatSendsALetterAtATime) {
    HttpLimits limits;
    limits.seconds = 1;
    const Running running(limits);
    const int socket = running.connect();
    const auto start = std::chrono::steady_clock::now();
    // Each letter is news, but the request as a whole has its time.
    for (const char letter : std::string("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: yes it is")) {
        Running::send(socket, std::string(1, letter));
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
    }
    EXPECT_EQ(Running::read_all(socket), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
}

TEST(HttpServer, TakesChunkedBodiesAndRefusesEndlessOnes) {
    HttpLimits limits;
    limits.body_bytes = 2000;
    const Running running(limits);
    const std::string head = "POST /api/selection HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked"
                             "\r\nConnection: close\r\n\r\n";
    const std::string body = R"({"circle":{"lon":-1.4,"lat":53.4,"radius_m":5000}})";
    const std::string fine =
        running.ask(head + fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", body.size(), body));
    EXPECT_NE(fine.find("HTTP/1.1 200"), std::string::npos) << fine;
    std::string endless = head;
    for (int i = 0; i < 10; ++i) {
        endless += fmt::format("{:x}\r\n{}\r\n", 500, std::string(500, ' '));
    }
    EXPECT_NE(running.ask(endless).find("HTTP/1.1 413"), std::string::npos);
    EXPECT_NE(running.ask("POST /api/selection HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .find("HTTP/1.1 400"),
              std::string::npos)
        << "no body at all";
    EXPECT_NE(running.ask("POST /api/selection HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n")
                  .find("HTTP/1.1 400"),
              std::string::npos);
}

TEST(HttpServer, AnswersBadRequestsWithProblemsAndLivesOn) {
    const Running running;
    const auto post = [&](const std::string& body) {
        return running.ask(fmt::format("POST /api/recluster HTTP/1.1\r\nHost: a\r\nConnection: "
                                       "close\r\nContent-Length: {}\r\n\r\n{}",
                                       body.size(), body));
    };
    for (const std::string& body :
         {std::string(100'000, '['), std::string("{\"sector\": \"\xff\xfe\"}"),
          std::string("\0\0\0", 3), std::string("{\"sector\": 1e999}"), std::string("null")}) {
        const std::string answer = post(body);
        EXPECT_NE(answer.find("application/problem+json"), std::string::npos) << answer;
        EXPECT_EQ(answer.find("HTTP/1.1 5"), std::string::npos) << answer;
    }
    for (const char* target : {"/%ff%fe", "/api/search?q=%c0%af", "/tiles/../../etc/passwd",
                               "/api/clusters?limit=99999999999999999999", "/%00"}) {
        const std::string answer = running.ask(
            fmt::format("GET {} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", target));
        EXPECT_NE(answer.find("HTTP/1.1 4"), std::string::npos) << target << answer;
    }
}

TEST(HttpServer, AnswersAHundredPipelinedRequestsInOrder) {
    const Running running;
    std::string requests;
    for (int i = 0; i < 99; ++i) {
        requests += i % 2 == 0 ? "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
                               : "GET /nowhere.at.all HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    requests += "GET /api/atlas HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const std::string answers = running.ask(requests);
    EXPECT_EQ(count_of(answers, "HTTP/1.1 "), 100U);
    EXPECT_EQ(count_of(answers, "\"uptime_s\""), 50U);
    EXPECT_GT(answers.find("is_example"), answers.rfind("uptime_s"));
}

TEST(HttpServer, SendsAFileInPieces) {
    const Running running;
    const std::string answer = running.ask("GET /api/export/clusters.gpkg HTTP/1.1\r\nHost: a\r\n"
                                           "Connection: close\r\n\r\n");
    const std::size_t end = answer.find("\r\n\r\n");
    ASSERT_NE(end, std::string::npos);
    const std::string length = answer.substr(answer.find("Content-Length: ") + 16, 9);
    EXPECT_EQ(answer.size() - end - 4, static_cast<std::size_t>(std::stoul(length)));
    EXPECT_EQ(answer.compare(end + 4, 15, "SQLite format 3"), 0);
}

/// Files that this process holds open and that have no name any more.
int nameless_files(const char* named) {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const std::string target = std::filesystem::read_symlink(entry, gone).string();
        count += target.find(named) != std::string::npos ? 1 : 0;
    }
    return count;
}

TEST(HttpServer, LetsGoOfADownloadWhoseClientHasGone) {
    HttpLimits limits;
    limits.seconds = 2;
    const Running running(limits);
    const std::string request = "GET /api/export/clusters.gpkg HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 0; i < 4; ++i) {
        const int socket = running.connect();
        const linger reset{1, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        Running::send(socket, request);
        if (i % 2 == 0) { // before the answer, and in the middle of it
            char buffer[100];
            ASSERT_GT(::recv(socket, buffer, sizeof buffer, 0), 0);
        }
        ::close(socket);
    }
    const int idle = running.connect(); // takes nothing, and stays
    const int little = 2048;
    ::setsockopt(idle, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    Running::send(idle, request);
    std::this_thread::sleep_for(std::chrono::milliseconds(200)); // all are being written
    for (int i = 0; i < 200 && (download_turns() > 0 || nameless_files("icmap-download") > 0);
         ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(download_turns(), 0);
    EXPECT_EQ(nameless_files("icmap-download"), 0);
    EXPECT_NE(running
                  .ask("GET /api/export/clusters.gpkg HTTP/1.1\r\nHost: a\r\nConnection: "
                       "close\r\n\r\n")
                  .find("HTTP/1.1 200"),
              std::string::npos)
        << "it still lives, and others may write again";
    ::close(idle);
}

TEST(HttpServer, IsOfOneMindWhereARequestEnds) {
    const Running running;
    // What a proxy and a server could read differently is refused, and the connection with it.
    for (const std::string& headers :
         {std::string("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
          std::string("Content-Length: 5\r\nContent-Length: 6\r\n"),
          std::string("Content-Length: 5, 6\r\n"), std::string("Content-Length: 0x5\r\n"),
          std::string("Transfer-Encoding : chunked\r\n"),
          std::string("X: a\r\n : b\r\n\0\r\n", 15)}) {
        const std::string answers =
            running.ask("POST /api/selection HTTP/1.1\r\nHost: a\r\n" + headers +
                        "\r\n0\r\n\r\nGET /health HTTP/1.1\r\n"
                        "Host: a\r\nConnection: close\r\n\r\n");
        EXPECT_NE(answers.find("HTTP/1.1 400"), std::string::npos) << headers << answers;
        EXPECT_EQ(answers.find("uptime_s"), std::string::npos) << headers << answers;
    }
}

TEST(HttpServer, LetsAClientThatStillSendsReadWhyItIsRefused) {
    HttpLimits limits;
    limits.body_bytes = 1000;
    const Running running(limits);
    constexpr std::size_t kBytes = 8'000'000; // more than the buffers of both ends hold
    for (int i = 0; i < 5; ++i) {
        const int socket = running.connect();
        Running::send(socket, fmt::format("POST /api/selection HTTP/1.1\r\nHost: a\r\n"
                                          "Content-Length: {}\r\n\r\n",
                                          kBytes));
        const std::string body(kBytes, ' ');
        std::size_t sent = 0;
        while (sent < kBytes) {
            const ssize_t n = ::send(socket, body.data() + sent, kBytes - sent, MSG_NOSIGNAL);
            ASSERT_GT(n, 0) << "cut off after " << sent;
            sent += static_cast<std::size_t>(n);
        }
        EXPECT_NE(Running::read_all(socket).find("HTTP/1.1 413"), std::string::npos);
    }
}

TEST(HttpServer, CutsOffARefusedClientThatNeverEnds) {
    HttpLimits limits;
    limits.body_bytes = 1000;
    Running running(limits);
    const int socket = running.connect();
    Running::send(socket, "POST /api/selection HTTP/1.1\r\nHost: a\r\nContent-Length: "
                          "99999999\r\n\r\n");
    const auto start = std::chrono::steady_clock::now();
    while (::send(socket, "0123456789", 10, MSG_NOSIGNAL) == 10) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(15));
    }
    ::close(socket);
}

TEST(HttpServer, SaysEveryRefusalInAProblemDocument) {
    HttpLimits limits;
    limits.header_bytes = 2048;
    limits.body_bytes = 1000;
    const Running running(limits);
    const std::string get = "GET ";
    for (const auto& [request, status] :
         {std::pair(get + "/ HTTP/1.1\r\nX: " + std::string(5000, 'x') + "\r\n\r\n", "431"),
          std::pair(std::string("POST /api/selection HTTP/1.1\r\nContent-Length: 5000\r\n\r\n"),
                    "413"),
          std::pair(std::string("nonsense\r\n\r\n"), "400"),
          std::pair(get + "/ HTTP/7.3\r\n\r\n", "400"),
          std::pair(get + "/nowhere.at.all HTTP/1.1\r\nConnection: close\r\n\r\n", "404"),
          std::pair(std::string("PUT / HTTP/1.1\r\nConnection: close\r\n\r\n"), "405"),
          std::pair(get + "ftp://elsewhere/ HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
          std::pair(get + "* HTTP/1.1\r\nConnection: close\r\n\r\n", "400")}) {
        const std::string answer = running.ask(request);
        EXPECT_TRUE(answer.starts_with(std::string("HTTP/1.1 ") + status)) << request << answer;
        EXPECT_NE(answer.find("Content-Type: application/problem+json"), std::string::npos)
            << answer;
        EXPECT_NE(answer.find(std::string("\"status\":") + status), std::string::npos) << answer;
    }
}

TEST(HttpServer, TakesWholeAddressesAsTargets) {
    const Running running;
    const std::string answer =
        running.ask("GET http://127.0.0.1/health HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
}

TEST(HttpServer, StopsWhileManyAsk) {
    Running running;
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&running] {
            for (int k = 0; k < 30; ++k) {
                // Answered, refused or cut off: none of it may hang or crash.
                const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
                sockaddr_in address{};
                address.sin_family = AF_INET;
                address.sin_port = htons(running.port());
                address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
                    Running::send(socket, "GET /api/clusters HTTP/1.1\r\nHost: a\r\n"
                                          "Connection: close\r\n\r\n");
                    static_cast<void>(Running::read_all(socket));
                } else {
                    ::close(socket);
                }
            }
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    running.stop();
    for (std::thread& client : clients) {
        client.join();
    }
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
