#pragma once

#include "store/functions.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::store {

/// Functions that one connection's SQL knows for as long as this object lives: look-ups in tables
/// that C++ holds. What a join would look up, these do where the rows are read, on all threads and
/// without putting the rows out of order.
class SessionFunctions {
  public:
    explicit SessionFunctions(Connection& connection) : connection_(&connection) {}
    SessionFunctions(const SessionFunctions&) = delete;
    SessionFunctions& operator=(const SessionFunctions&) = delete;
    ~SessionFunctions();

    /// `name(varchar) -> integer`; null where the function returns false.
    /// \param expect is told the texts of many rows before the first of them is asked for, so that
    ///        what they need can be on its way from memory
    [[nodiscard]] Result<void> of_text(const std::string& name, IntegerFunction function,
                                       std::function<void(std::string_view)> expect = {});
    /// `name(i) -> double`: values[i]; null for NaN and beyond the end.
    [[nodiscard]] Result<void> of_row(const std::string& name, std::vector<double> values);
    /// `name(i) -> integer`: values[i]; null for kNull and beyond the end.
    [[nodiscard]] Result<void> of_row(const std::string& name, std::vector<std::int32_t> values);
    /// `name(i) -> varchar`: words[values[i]]; null beyond the end of either.
    [[nodiscard]] Result<void> of_row(const std::string& name, std::vector<std::uint8_t> values,
                                      std::vector<std::string> words);

    /// The SQL that makes what is known by now known to another connection of the same database.
    [[nodiscard]] std::string sharing() const;

    static constexpr std::int32_t kNull = std::numeric_limits<std::int32_t>::min();

  private:
    /// DuckDB forgets no function: each has a name of its own, and a macro has the one asked for.
    Result<void> publish(const std::string& name, const std::string& own);

    Connection* connection_;
    struct Macro {
        std::string name;
        std::string own;
        [[nodiscard]] std::string definition() const;
    };
    std::vector<Macro> macros_;
    std::vector<std::function<void()>> forget_;
};

} // namespace icmap::store
