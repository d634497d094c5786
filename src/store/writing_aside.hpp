#pragma once

#include "base/result.hpp"
#include "store/connection.hpp"

#include <functional>
#include <future>
#include <memory>

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

    /// Waits for all of it.
    /// \errors of the first write that failed; those after it were not tried
    [[nodiscard]] Result<void> finish();

  private:
    std::unique_ptr<Connection> connection_;
    std::future<Result<void>> last_;
};

} // namespace icmap::store
