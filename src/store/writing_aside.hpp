#pragma once

#include "base/result.hpp"
#include "store/bulk_append.hpp"
#include "store/connection.hpp"

#include <functional>
#include <future>
#include <memory>
#include <span>
#include <string_view>

namespace icmap::store {

/// Writes tables on a connection of its own, one after the other, while the work goes on: packing
/// the rows of a table takes one thread. Another connection sees a table once `finish` has
/// returned.
class WritingAside {
  public:
    explicit WritingAside(Connection connection);
    WritingAside(const WritingAside&) = delete;
    WritingAside& operator=(const WritingAside&) = delete;
    /// Waits for what was begun.
    ~WritingAside();

    using Write = std::function<Result<void>(Connection&)>;
    /// Begins to write once what was begun before is written. What the call refers to must stay
    /// until `finish`; what it owns is freed once it is done.
    void begin(Write write);

    /// Once what was begun before is written: moves what tables hold beside their whole blocks from
    /// the log into the file, which the last checkpoint need not do then. Where another connection
    /// is writing, it is left to that.
    void checkpoint();

    /// Waits for all of it.
    /// \errors of the first write that failed; those after it were not tried
    [[nodiscard]] Result<void> finish();

    /// Waits for all of it, without asking how it went.
    void wait() const;

  private:
    std::unique_ptr<Connection> connection_;
    std::future<Result<void>> last_;
};

/// Appends rows as `append_columns` does, in pieces that are packed by two at a time, aside and on
/// `connection`, and committed in their order; finishes what was begun aside before. For a table
/// that nothing else is left to do beside. Where it fails, the first pieces may be there, or all
/// where only what was begun before has failed.
/// \errors as `append_columns`; of both writers, the one aside is told
[[nodiscard]] Result<void> append_in_pieces(Connection& connection, WritingAside& aside,
                                            std::string_view table,
                                            std::span<const Column> columns);

} // namespace icmap::store
