#include "serve/queries.hpp"

#include "base/embedded.hpp"
#include "base/toml.hpp"
#include "publish/disclosure.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace icmap::serve {
namespace {

/// The labels of the kinds of evidence, from reference/evidence.toml, into the session's own table.
Result<void> fill_evidence_labels(store::Connection& connection) {
    const auto text = base::find_text(reference::texts(), "evidence.toml");
    if (!text) {
        return {};
    }
    auto table = toml::parse(*text, "reference/evidence.toml");
    if (!table) {
        return internal_error(table.error().message());
    }
    const toml::Array* kinds = (*table)["evidence"].as_array();
    if (kinds == nullptr) {
        return {};
    }
    for (const toml::Node& node : *kinds) {
        const toml::Table* entry = node.as_table();
        if (entry == nullptr) {
            continue;
        }
        const std::string kind = (*entry)["kind"].value_or(std::string());
        const std::string label = (*entry)["label"].value_or(kind);
        ICMAP_TRY(connection.execute("insert or replace into evidence_label values ($1, $2)",
                                     {std::string_view(kind), std::string_view(label)}));
    }
    return {};
}

} // namespace

Result<std::string_view> query_text(std::string_view name) {
    const auto text = base::find_text(sql::texts(), fmt::format("serve/{}.sql", name));
    if (!text) {
        return internal_error(fmt::format("there is no query serve/{}.sql", name));
    }
    return *text;
}

Result<void> read_rows(store::Connection& connection, std::string_view name,
                       const std::function<void(const store::Chunk&)>& rows,
                       std::initializer_list<store::Value> parameters) {
    ICMAP_ASSIGN(const std::string_view text, query_text(name));
    auto done = connection.read(text, std::span(parameters.begin(), parameters.size()), rows);
    if (!done) {
        // Whatever the database refuses here is our query, not the client's input.
        return internal_error(fmt::format("serve/{}.sql: {}", name, done.error().what));
    }
    return {};
}

Result<std::string> json_of(store::Connection& connection, std::string_view name,
                            std::initializer_list<store::Value> parameters) {
    std::string json;
    ICMAP_TRY(read_rows(
        connection, name,
        [&json](const store::Chunk& chunk) {
            if (chunk.size() > 0) {
                json = chunk.text(0, 0);
            }
        },
        parameters));
    return json;
}

Result<store::Connection> open_session(const store::Database& database) {
    ICMAP_ASSIGN(auto connection, database.connect());
    // First: the session's own views are made of what may be told.
    ICMAP_TRY(publish::apply_disclosure(connection));
    ICMAP_ASSIGN(const std::string_view text, query_text("session"));
    ICMAP_TRY(connection.run(text));
    ICMAP_TRY(fill_evidence_labels(connection));
    return connection;
}

Result<std::unique_ptr<SessionPool>> SessionPool::create(const store::Database& database,
                                                         std::size_t size,
                                                         std::chrono::milliseconds limit) {
    std::vector<Slot> slots;
    for (std::size_t i = 0; i < size; ++i) {
        ICMAP_ASSIGN(auto connection, open_session(database));
        slots.push_back({std::move(connection), false, {}});
    }
    return std::unique_ptr<SessionPool>(new SessionPool(std::move(slots), limit));
}

SessionPool::SessionPool(std::vector<Slot> slots, std::chrono::milliseconds limit)
    : slots_(std::move(slots)), limit_(limit), watcher_([this] { watch(); }) {}

SessionPool::~SessionPool() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    stop_.notify_all();
    watcher_.join();
}

SessionPool::Lease SessionPool::lend() {
    std::unique_lock lock(mutex_);
    for (;;) {
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (!slots_[i].is_lent) {
                slots_[i].is_lent = true;
                slots_[i].since = Clock::now();
                return {*this, i};
            }
        }
        freed_.wait(lock);
    }
}

void SessionPool::give_back(std::size_t slot) {
    {
        const std::lock_guard lock(mutex_);
        slots_[slot].is_lent = false;
    }
    freed_.notify_one();
}

void SessionPool::watch() {
    constexpr std::chrono::milliseconds kOftenEnough{10};
    std::unique_lock lock(mutex_);
    while (!stop_.wait_for(lock, std::max(limit_ / 10, kOftenEnough),
                           [this] { return is_stopping_; })) {
        const auto now = Clock::now();
        for (Slot& slot : slots_) {
            // Again and again: what comes between two queries stops neither.
            if (slot.is_lent && now - slot.since > limit_) {
                slot.connection.interrupt();
            }
        }
    }
}

} // namespace icmap::serve
