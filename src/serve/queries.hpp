#pragma once

#include "serve/problem.hpp"
#include "store/connection.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace icmap::serve {

/// The text of the embedded query sql/serve/NAME.sql.
[[nodiscard]] Result<std::string_view> query_text(std::string_view name);

/// The JSON that the query sql/serve/NAME.sql answers with; empty where it has no row.
[[nodiscard]] Result<std::string> json_of(store::Connection& connection, std::string_view name,
                                          std::initializer_list<store::Value> parameters = {});

/// Runs sql/serve/NAME.sql and hands its rows over.
[[nodiscard]] Result<void> read_rows(store::Connection& connection, std::string_view name,
                                     const std::function<void(const store::Chunk&)>& rows,
                                     std::initializer_list<store::Value> parameters = {});

/// Opens a connection that sees what may be told (publish/disclosure.hpp) and prepares it
/// (sql/serve/session.sql).
[[nodiscard]] Result<store::Connection> open_session(const store::Database& database);

/// Connections to the atlas, lent to one request at a time. From a lease that runs longer than the
/// limit every query is stopped, also one that begins then.
class SessionPool {
  public:
    /// A connection for as long as this lives.
    class Lease {
      public:
        Lease(SessionPool& pool, std::size_t slot) : pool_(&pool), slot_(slot) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_->give_back(slot_); }
        [[nodiscard]] store::Connection& connection() { return pool_->slots_[slot_].connection; }

      private:
        SessionPool* pool_;
        std::size_t slot_;
    };

    [[nodiscard]] static Result<std::unique_ptr<SessionPool>>
    create(const store::Database& database, std::size_t size, std::chrono::milliseconds limit);
    SessionPool(const SessionPool&) = delete;
    SessionPool& operator=(const SessionPool&) = delete;
    ~SessionPool();

    /// Waits until one is free.
    [[nodiscard]] Lease lend();

  private:
    using Clock = std::chrono::steady_clock;
    struct Slot {
        store::Connection connection;
        bool is_lent = false;
        Clock::time_point since;
    };
    SessionPool(std::vector<Slot> slots, std::chrono::milliseconds limit);
    void give_back(std::size_t slot);
    void watch();

    std::vector<Slot> slots_;
    std::chrono::milliseconds limit_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::condition_variable stop_;
    bool is_stopping_ = false;
    std::thread watcher_;
};

} // namespace icmap::serve
