#include "store/writing_aside.hpp"

#include <utility>

namespace icmap::store {

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
                           return write(*connection);
                       });
}

Result<void> WritingAside::finish() {
    return last_.valid() ? last_.get() : Result<void>();
}

} // namespace icmap::store
