#include "store/writing_aside.hpp"

#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace icmap::store {
namespace {

/// Rows that DuckDB packs together.
constexpr std::size_t kBlock = 122'880;

/// The most whole blocks of two pieces, one for each writer: few, so that both end together.
constexpr std::size_t kBlocksOfTwo = 8;

/// Pieces of a table, of whole blocks, which are packed once. They go to the next writer that is
/// free and are committed in their order; once one has failed, no other is.
class Pieces {
  public:
    explicit Pieces(std::size_t rows)
        : rows_(rows), blocks_(rows / kBlock),
          pieces_(blocks_ < 2 ? 1 : 2 * ((blocks_ + kBlocksOfTwo - 1) / kBlocksOfTwo)) {}

    struct Piece {
        std::size_t number;
        std::size_t begin; ///< rows
        std::size_t end;
    };
    /// Nothing once all are taken, or one has failed.
    std::optional<Piece> take() {
        const std::scoped_lock lock(telling_);
        if (has_failed_ || taken_ == pieces_) {
            return std::nullopt;
        }
        const std::size_t number = taken_++;
        return Piece{number, begin_of(number), taken_ == pieces_ ? rows_ : begin_of(taken_)};
    }
    /// Waits until all before a piece are committed. \returns false: some piece has failed
    bool wait_for_those_before(const Piece& piece) {
        std::unique_lock lock(telling_);
        changed_.wait(lock, [&] { return has_failed_ || committed_ == piece.number; });
        return !has_failed_;
    }
    void tell_committed() {
        const std::scoped_lock lock(telling_);
        ++committed_;
        changed_.notify_all();
    }
    void tell_failed() {
        const std::scoped_lock lock(telling_);
        has_failed_ = true;
        changed_.notify_all();
    }

  private:
    [[nodiscard]] std::size_t begin_of(std::size_t number) const {
        return number * blocks_ / pieces_ * kBlock;
    }

    std::size_t rows_;
    std::size_t blocks_;
    std::size_t pieces_; ///< as many for each of two writers
    std::mutex telling_;
    std::condition_variable changed_;
    std::size_t taken_ = 0;
    std::size_t committed_ = 0;
    bool has_failed_ = false;
};

/// \returns no failure, too, where another piece has failed and this one is rolled back
Result<void> append_piece(Connection& connection, std::string_view table,
                          std::span<const Column> columns, const Pieces::Piece& piece,
                          Pieces& pieces) {
    std::vector<Column> rows;
    for (const Column& column : columns) {
        rows.push_back(column.rows(piece.begin, piece.end - piece.begin));
    }
    ICMAP_TRY(connection.run("begin transaction"));
    const auto appended = append_columns(connection, "main", table, rows);
    if (!appended || !pieces.wait_for_those_before(piece)) {
        (void)connection.run("rollback");
        return appended;
    }
    ICMAP_TRY(connection.run("commit"));
    pieces.tell_committed();
    return {};
}

/// Appends pieces until none is left. However it ends, the other writer does not wait for it.
Result<void> append_pieces(Connection& connection, std::string_view table,
                           std::span<const Column> columns, Pieces& pieces) {
    struct Ending {
        Pieces& pieces;
        bool is_good = false;
        ~Ending() {
            if (!is_good) {
                pieces.tell_failed();
            }
        }
    } ending{pieces};
    while (const auto piece = pieces.take()) {
        ICMAP_TRY(append_piece(connection, table, columns, *piece, pieces));
    }
    ending.is_good = true;
    return {};
}

} // namespace

WritingAside::WritingAside(Connection connection)
    : connection_(std::make_unique<Connection>(std::move(connection))) {}

WritingAside::~WritingAside() {
    wait();
}

void WritingAside::wait() const {
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

Result<void> append_in_pieces(Connection& connection, WritingAside& aside, std::string_view table,
                              std::span<const Column> columns) {
    const std::size_t count = columns.empty() ? 0 : columns.front().size();
    for (const Column& column : columns) {
        if (column.size() != count) {
            return internal_error(fmt::format("columns for {} differ in length", table));
        }
    }
    Pieces pieces(count);
    struct Wait { // what is written aside looks at the pieces, even where this throws
        const WritingAside& aside;
        ~Wait() { aside.wait(); }
    } const wait{aside};
    aside.begin([&](Connection& own) { return append_pieces(own, table, columns, pieces); });
    const auto here = append_pieces(connection, table, columns, pieces);
    const auto there = aside.finish();
    return there ? here : there;
}

} // namespace icmap::store
