#include "store/writing_aside.hpp"

#include <utility>
#include <vector>

namespace icmap::store {
namespace {

/// Rows that DuckDB packs together.
constexpr std::size_t kBlock = 122'880;

/// The first half of a table, in hundredths: what it is short of is the time of its commit.
constexpr std::size_t kFirstHalf = 45;

} // namespace

WritingAside::WritingAside(Connection connection)
    : connection_(std::make_unique<Connection>(std::move(connection))) {}

WritingAside::~WritingAside() {
    if (last_.valid()) {
        last_.wait();
    }
}

void WritingAside::begin(Write write) {
    last_ = std::async(std::launch::async,
                       [connection = connection_.get(), before = std::move(last_),
                        write = std::move(write)]() mutable -> Result<void> {
                           if (before.valid()) {
                               ICMAP_TRY(before.get());
                           }
                           // What it owns goes here, not where it is waited for.
                           const Write own = std::move(write);
                           return own(*connection);
                       });
}

void WritingAside::checkpoint() {
    begin([](Connection& own) {
        (void)own.run("checkpoint"); // refused while another writes: then it is made later
        return Result<void>();
    });
}

Result<void> WritingAside::finish() {
    return last_.valid() ? last_.get() : Result<void>();
}

Result<void> append_in_halves(Connection& connection, WritingAside& aside, std::string_view table,
                              std::span<const Column> columns) {
    const std::size_t rows = columns.empty() ? 0 : columns.front().size();
    const std::size_t first = rows * kFirstHalf / 100 / kBlock * kBlock;
    if (first == 0) {
        aside.begin([=](Connection& own) { return append_columns(own, "main", table, columns); });
        return aside.finish();
    }
    std::vector<Column> upper;
    std::vector<Column> lower;
    for (const Column& column : columns) {
        upper.push_back(column.rows(0, first));
        lower.push_back(column.rows(first, rows - first));
    }
    aside.begin([&](Connection& own) { return append_columns(own, "main", table, upper); });
    const auto begun = connection.run("begin transaction");
    const auto appended = begun ? append_columns(connection, "main", table, lower) : begun;
    const auto before = aside.finish(); // rows come in the order in which they are committed
    if (!before || !appended) {
        (void)connection.run("rollback"); // the first failure is the one to tell
        return before ? appended : before;
    }
    return connection.run("commit");
}

} // namespace icmap::store
