#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace icmap {

/// What kind of failure it is; decides the exit code of the program and the HTTP status.
enum class ErrorKind : std::uint8_t {
    input,    ///< the input is wrong: exit code 1
    usage,    ///< the call is wrong: exit code 2
    internal, ///< we are wrong, or the machine is: exit code 3
    stopped,  ///< it took longer than the asker allows (see Deadline): exit code 3
};

/// A failed operation, told so that the reader can mend it: where, what, and the remedy.
/// Every text names the thing, the value and the limit; empty parts are left out when printed.
struct Error {
    ErrorKind kind = ErrorKind::input;
    std::string what;       ///< one sentence: what is wrong
    std::string file;       ///< the file it was found in
    std::uint64_t line = 0; ///< 1-based line of the file, 0 when not known
    std::string field;      ///< the column or the setting
    std::string value;      ///< the value found there
    std::string remedy;     ///< what to do next

    /// The whole error as the terminal shows it: "file:line: what (field "x", value "y"). Remedy."
    [[nodiscard]] std::string message() const;
};

/// The answer, or why there is none.
template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for the three kinds, without a place.
[[nodiscard]] tl::unexpected<Error> input_error(std::string what, std::string remedy = {});
[[nodiscard]] tl::unexpected<Error> usage_error(std::string what, std::string remedy = {});
[[nodiscard]] tl::unexpected<Error> internal_error(std::string what, std::string remedy = {});

/// The exit code of the program for this error: 1 input, 2 usage, 3 internal.
[[nodiscard]] int exit_code(ErrorKind kind);

} // namespace icmap

/// Returns the error of a Result from the enclosing function, otherwise goes on.
#define ICMAP_TRY(expression)                                                                      \
    do {                                                                                           \
        if (auto icmap_result = (expression); !icmap_result) {                                     \
            return tl::unexpected(std::move(icmap_result).error());                                \
        }                                                                                          \
    } while (false)

/// `ICMAP_ASSIGN(auto rows, count(connection));`: assigns the value or returns the error.
#define ICMAP_CONCAT_(a, b) a##b
#define ICMAP_CONCAT(a, b) ICMAP_CONCAT_(a, b)
#define ICMAP_ASSIGN(declaration, ...)                                                             \
    auto ICMAP_CONCAT(icmap_result_, __LINE__) = (__VA_ARGS__);                                    \
    if (!ICMAP_CONCAT(icmap_result_, __LINE__)) {                                                  \
        return tl::unexpected(std::move(ICMAP_CONCAT(icmap_result_, __LINE__)).error());           \
    }                                                                                              \
    declaration = std::move(*ICMAP_CONCAT(icmap_result_, __LINE__))
