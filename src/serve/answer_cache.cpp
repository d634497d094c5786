#include "serve/answer_cache.hpp"

namespace icmap::serve {
namespace {
/// What an entry costs beside its texts: nodes, pointers, headers.
constexpr std::size_t kOverhead = 512;
} // namespace

std::size_t KeptAnswer::bytes() const {
    return response.text().size() + (gzip_body ? gzip_body->size() : 0);
}

std::size_t AnswerCache::cost(const Entry& entry) {
    return entry.answer->bytes() + 2 * entry.key.size() + kOverhead;
}

std::shared_ptr<const KeptAnswer> AnswerCache::find(const std::string& key) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_key.find(key);
    if (found == shard.by_key.end()) {
        ++misses_;
        return nullptr;
    }
    ++hits_;
    shard.by_use.splice(shard.by_use.begin(), shard.by_use, found->second);
    return found->second->answer;
}

void AnswerCache::keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer) {
    Shard& shard = shard_of(key);
    Entry entry{key, std::move(answer)};
    const std::size_t size = cost(entry);
    const std::lock_guard lock(shard.mutex);
    if (size > shard_limit_ || shard.by_key.contains(key)) {
        return;
    }
    while (shard.bytes + size > shard_limit_) {
        const std::size_t freed = cost(shard.by_use.back());
        shard.by_key.erase(shard.by_use.back().key);
        shard.by_use.pop_back();
        shard.bytes -= freed;
        bytes_ -= freed;
    }
    shard.by_use.push_front(std::move(entry));
    shard.by_key.emplace(shard.by_use.front().key, shard.by_use.begin());
    shard.bytes += size;
    bytes_ += size;
}

} // namespace icmap::serve
