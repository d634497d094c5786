#include "serve/http_session.hpp"

#include "base/progress.hpp"
#include "serve/finish.hpp"
#include "serve/problem.hpp"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <vector>

namespace icmap::serve {
namespace beast = boost::beast;
namespace http = beast::http;
namespace asio = boost::asio;

namespace {

/// Of a file, sent at a time.
constexpr std::uint64_t kPieceBytes = 256U << 10U;

/// How much a refused client may still send, and for how long, before it is cut off.
constexpr std::size_t kMostDrained = std::size_t{16} << 20U;
constexpr std::chrono::seconds kLinger{2};

Method method_of(http::verb verb) {
    switch (verb) {
    case http::verb::get:
        return Method::get;
    case http::verb::head:
        return Method::head;
    case http::verb::post:
        return Method::post;
    case http::verb::options:
        return Method::options;
    default:
        return Method::other;
    }
}

template <class Message>
Request to_request(Message& message, const std::string& from) {
    Request request;
    request.method = method_of(message.method());
    request.target.assign(message.target().data(), message.target().size());
    for (const auto& field : message) {
        std::string name(field.name_string().data(), field.name_string().size());
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        request.headers.push_back(
            {std::move(name), std::string(field.value().data(), field.value().size())});
    }
    request.body = std::move(message.body());
    request.from = from;
    return request;
}

} // namespace

bool HttpSessions::add(HttpSession* session, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    if (open_.size() >= limit || is_closing_) {
        return false;
    }
    open_.insert(session);
    return true;
}

void HttpSessions::remove(HttpSession* session) {
    const std::lock_guard lock(mutex_);
    open_.erase(session);
}

std::size_t HttpSessions::size() {
    const std::lock_guard lock(mutex_);
    return open_.size();
}

void HttpSessions::close_idle() {
    is_closing_ = true;
    // A session that ends meanwhile takes itself out of the set, which needs the mutex: nobody may
    // be its last owner while the mutex is held.
    std::vector<std::shared_ptr<HttpSession>> sessions;
    {
        const std::lock_guard lock(mutex_);
        for (HttpSession* session : open_) {
            if (auto alive = session->weak_from_this().lock()) {
                sessions.push_back(std::move(alive));
            }
        }
    }
    for (const auto& session : sessions) {
        session->close_if_idle();
    }
}

HttpSession::HttpSession(asio::ip::tcp::socket socket, Application& application,
                         HttpSessions& sessions, const HttpLimits& limits)
    : stream_(std::move(socket)), application_(&application), sessions_(&sessions),
      limits_(limits) {
    beast::error_code error;
    const auto peer = stream_.socket().remote_endpoint(error);
    from_ = error ? std::string() : peer.address().to_string();
    // Answers are written in one go: waiting for more would only delay the last packet.
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), error);
}

HttpSession::~HttpSession() {
    if (is_counted_) {
        sessions_->remove(this);
    }
}

void HttpSession::start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
        self->is_counted_ = self->sessions_->add(self.get(), self->limits_.connections);
        if (!self->is_counted_) {
            self->refuse(503, "The server has as many connections as it can hold",
                         "Try again in a moment");
            return;
        }
        self->read();
    });
}

void HttpSession::close_if_idle() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
        if (self->is_idle_) {
            self->close();
        }
    });
}

void HttpSession::read() {
    parser_.emplace();
    parser_->header_limit(limits_.header_bytes);
    parser_->body_limit(limits_.body_bytes);
    stream_.expires_after(std::chrono::seconds(limits_.seconds));
    is_idle_ = true;
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                         self->on_read(error);
                     });
}

void HttpSession::on_read(beast::error_code error) {
    is_idle_ = false;
    if (!error) {
        auto& message = parser_->get();
        answer(to_request(message, from_), message.version(), message.keep_alive());
    } else if (error == http::error::header_limit) {
        refuse(431, "The headers of the request are too large", "Send fewer or shorter headers");
    } else if (error == http::error::body_limit) {
        refuse(413, "The body of the request is too large",
               fmt::format("Send at most {} bytes", grouped(limits_.body_bytes)));
    } else if (error != http::error::end_of_stream &&
               error.category() == http::make_error_code(http::error::bad_method).category()) {
        refuse(400, "The request is not HTTP/1.1", "Send a well-formed request");
    } else { // the client has gone, or was too slow
        close();
    }
}

void HttpSession::refuse(int status, std::string detail, std::string remedy) {
    is_refused_ = true;
    Request request;
    request.from = from_;
    const Problem problem{status, std::move(detail), {}, {}, std::move(remedy)};
    send(deliver(finish(respond(problem, ""), ""), request), 11, false, true);
}

void HttpSession::answer(const Request& request, unsigned version, bool keep_alive) {
    Response response = application_->handle(request);
    const bool stays_open = keep_alive && !sessions_->is_closing();
    send(std::move(response), version, stays_open, request.method != Method::head);
}

void HttpSession::send(Response response, unsigned version, bool keep_alive, bool has_body) {
    sent_ = std::move(response);
    const bool may_have_body = sent_.status != 204 && sent_.status != 304;
    head_ = {};
    head_.version(version);
    head_.result(static_cast<unsigned>(sent_.status));
    head_.keep_alive(keep_alive);
    for (const Header& header : sent_.headers) {
        head_.set(header.name, header.value);
    }
    if (may_have_body) {
        head_.content_length(sent_.size());
    }
    head_.body().more = false;
    serializer_.emplace(head_);
    if (!has_body || !may_have_body) {
        stream_.expires_after(std::chrono::seconds(limits_.seconds));
        http::async_write_header(
            stream_, *serializer_,
            [self = shared_from_this(), keep_alive](beast::error_code error, std::size_t) {
                self->on_written(error, keep_alive);
            });
        return;
    }
    piece_offset_ = 0;
    is_cut_short_ = false;
    fill_body();
    write_more(keep_alive);
}

void HttpSession::fill_body() {
    auto& body = head_.body();
    if (!sent_.file) {
        body.data = const_cast<char*>(sent_.text().data()); // only read
        body.size = sent_.text().size();
        body.more = false;
        return;
    }
    const FilePart& part = *sent_.file;
    piece_.resize(std::min<std::uint64_t>(kPieceBytes, part.size - piece_offset_));
    const std::size_t read = part.file->read(part.offset + piece_offset_, piece_);
    // A file that became shorter: the client sees that bytes are missing when we close.
    is_cut_short_ = read < piece_.size();
    piece_offset_ = is_cut_short_ ? part.size : piece_offset_ + read;
    body.data = piece_.data();
    body.size = read;
    body.more = piece_offset_ < part.size;
}

void HttpSession::write_more(bool keep_alive) {
    // Time for each piece, not for all: a large file may take long, a client that takes nothing
    // may not.
    stream_.expires_after(std::chrono::seconds(limits_.seconds));
    http::async_write(
        stream_, *serializer_,
        [self = shared_from_this(), keep_alive](beast::error_code error, std::size_t) {
            if (error == http::error::need_buffer && self->head_.body().more) {
                self->fill_body();
                self->write_more(keep_alive);
                return;
            }
            self->on_written(error, keep_alive && !self->is_cut_short_);
        });
}

void HttpSession::on_written(beast::error_code error, bool keep_alive) {
    serializer_.reset();
    sent_ = {};
    piece_ = {};
    if (!error && is_refused_ && !sessions_->is_closing()) {
        linger();
        return;
    }
    // Told to stop while this answer was on its way: nobody asks again whether it idles.
    if (error || !keep_alive || sessions_->is_closing()) {
        close();
        return;
    }
    read();
}

void HttpSession::linger() {
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.expires_after(kLinger);
    piece_.resize(kPieceBytes);
    is_idle_ = true; // a server that stops need not wait
    drain(kMostDrained);
}

void HttpSession::drain(std::size_t left) {
    stream_.async_read_some(asio::buffer(piece_), [self = shared_from_this(), left](
                                                      beast::error_code error, std::size_t bytes) {
        if (error || bytes >= left) {
            self->close();
            return;
        }
        self->drain(left - bytes);
    });
}

void HttpSession::close() {
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.socket().close(ignored);
}

} // namespace icmap::serve
