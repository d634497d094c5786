#pragma once

#include "base/result.hpp"
#include "serve/message.hpp"

#include <string>
#include <tl/expected.hpp>

namespace icmap::serve {

/// Why a request has no answer, in the terms of RFC 9457.
struct Problem {
    int status = 400;
    std::string detail;     ///< one sentence: what is wrong, with the value and the limit
    std::string parameter;  ///< the parameter or field it is about
    std::string value;      ///< what was sent
    std::string remedy;     ///< what to do
    std::string cause = {}; ///< why, for the log alone: it may name files and queries
    std::string allow = {}; ///< methods that the address answers to, of a 405
};

/// The answer of a handler.
using Answer = tl::expected<Response, Problem>;
template <class T>
using Checked = tl::expected<T, Problem>;

[[nodiscard]] tl::unexpected<Problem> bad_request(std::string detail, std::string parameter,
                                                  std::string value, std::string remedy);
[[nodiscard]] tl::unexpected<Problem> not_found(std::string detail, std::string remedy);

/// What a failed operation means for the client. What it sent was checked before: what fails after
/// that is ours (the database, a disk, a bug), 500, whatever kind the error has, and its text is
/// the cause, for the log. A wrong call of one of our own interfaces is 400; an interrupted query,
/// and what was stopped, 503.
[[nodiscard]] Problem to_problem(const Error& error);

/// The problem document. \param path the path asked for
[[nodiscard]] Response respond(const Problem& problem, std::string_view path);

/// The standard reason phrase of a status.
[[nodiscard]] std::string_view reason_phrase(int status);

} // namespace icmap::serve

/// Assigns the value of a Result or returns its error as a problem.
#define ICMAP_SERVE_ASSIGN(declaration, ...)                                                       \
    auto ICMAP_CONCAT(icmap_result_, __LINE__) = (__VA_ARGS__);                                    \
    if (!ICMAP_CONCAT(icmap_result_, __LINE__)) {                                                  \
        return tl::unexpected(                                                                     \
            icmap::serve::to_problem(ICMAP_CONCAT(icmap_result_, __LINE__).error()));              \
    }                                                                                              \
    declaration = std::move(*ICMAP_CONCAT(icmap_result_, __LINE__))
