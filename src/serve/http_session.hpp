#pragma once

// For http_*.cpp only: includes Boost.

#include "serve/application.hpp"
#include "serve/http_server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace icmap::serve {

class HttpSession;

/// The open connections of a server.
class HttpSessions {
  public:
    /// False where there are too many.
    [[nodiscard]] bool add(HttpSession* session, std::size_t limit);
    void remove(HttpSession* session);
    /// Closes the idle ones; the others close after their answer.
    void close_idle();
    [[nodiscard]] bool is_closing() const { return is_closing_; }
    [[nodiscard]] std::size_t size();

  private:
    std::mutex mutex_;
    std::set<HttpSession*> open_;
    std::atomic<bool> is_closing_{false};
};

/// One connection: reads a request, answers, and again, until one side has had enough.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
  public:
    HttpSession(boost::asio::ip::tcp::socket socket, Application& application,
                HttpSessions& sessions, const HttpLimits& limits);
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;
    ~HttpSession();

    void start();
    /// Closes the connection if no request is being answered; from any thread.
    void close_if_idle();

  private:
    using Body = boost::beast::http::string_body;
    void read();
    void on_read(boost::beast::error_code error);
    void answer(const Request& request, unsigned version, bool keep_alive);
    void refuse(int status, std::string detail, std::string remedy);
    void send(Response response, unsigned version, bool keep_alive, bool has_body);
    void write_more(bool keep_alive);
    void fill_body();
    void on_written(boost::beast::error_code error, bool keep_alive);
    /// Takes what a refused client still sends, for a while: closed at once, the connection would
    /// break before the client has read why it was refused.
    void linger();
    void drain(std::size_t left);
    void close();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    Application* application_;
    HttpSessions* sessions_;
    HttpLimits limits_;
    std::string from_;
    bool is_counted_ = false;
    std::atomic<bool> is_idle_{true};
    std::optional<boost::beast::http::request_parser<Body>> parser_;
    /// What is being sent; its body belongs to `sent_`.
    boost::beast::http::response<boost::beast::http::buffer_body> head_;
    std::optional<boost::beast::http::response_serializer<boost::beast::http::buffer_body>>
        serializer_;
    Response sent_;
    std::vector<char> piece_;        ///< of the file that is being sent
    std::uint64_t piece_offset_ = 0; ///< of the next one
    bool is_cut_short_ = false;      ///< the file had fewer bytes than it should
    bool is_refused_ = false;
};

} // namespace icmap::serve
