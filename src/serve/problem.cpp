#include "serve/problem.hpp"

#include "serve/json_writer.hpp"

namespace icmap::serve {

tl::unexpected<Problem> bad_request(std::string detail, std::string parameter, std::string value,
                                    std::string remedy) {
    constexpr std::size_t kLongestEcho = 200;
    value.resize(std::min(value.size(), kLongestEcho));
    return tl::unexpected(
        Problem{400, std::move(detail), std::move(parameter), std::move(value), std::move(remedy)});
}

tl::unexpected<Problem> not_found(std::string detail, std::string remedy) {
    return tl::unexpected(Problem{404, std::move(detail), {}, {}, std::move(remedy)});
}

Problem to_problem(const Error& error) {
    if (error.kind == ErrorKind::stopped || error.what.find("INTERRUPT") != std::string::npos) {
        return {503,
                "The question took longer than the server allows",
                {},
                {},
                "Ask for less at once, or again when the server is less busy"};
    }
    if (error.kind == ErrorKind::usage) {
        return {400, error.what, error.field, error.value, error.remedy};
    }
    return {500, "The server could not answer; the reason is in its log",    {},
            {},  "Try again; if it stays so, tell whoever runs this server", error.message()};
}

Response respond(const Problem& problem, std::string_view path) {
    JsonWriter json;
    json.begin_object();
    json.member("type", "about:blank");
    json.member("title", reason_phrase(problem.status));
    json.member("status", problem.status);
    json.member("detail", problem.detail);
    const auto optional = [&json](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            json.member(name, value);
        }
    };
    optional("parameter", problem.parameter);
    optional("value", problem.value);
    optional("remedy", problem.remedy);
    optional("instance", path);
    json.end_object();
    Response response = respond("application/problem+json", json.take(), problem.status);
    if (!problem.allow.empty()) {
        response.headers.push_back({"Allow", problem.allow});
    }
    return response;
}

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "Unknown";
    }
}

} // namespace icmap::serve
