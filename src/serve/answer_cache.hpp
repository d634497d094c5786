#pragma once

#include "serve/message.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace icmap::serve {

/// An answer with what is made of it once: its tag and its compressed body.
struct KeptAnswer {
    Response response;
    std::string tag;                              ///< ETag without quotes; empty: none
    std::shared_ptr<const std::string> gzip_body; ///< null where compressing does not pay
    std::size_t route = 0;                        ///< for the metrics
    [[nodiscard]] std::size_t bytes() const;
};

/// Answers by what was asked, the longest unused dropped first, at most so many bytes in all. Any
/// number of threads may use it at once.
class AnswerCache {
  public:
    explicit AnswerCache(std::size_t limit_bytes) : shard_limit_(limit_bytes / kShards) {}

    [[nodiscard]] std::shared_ptr<const KeptAnswer> find(const std::string& key);
    void keep(const std::string& key, std::shared_ptr<const KeptAnswer> answer);

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t hits() const { return hits_; }
    [[nodiscard]] std::size_t misses() const { return misses_; }

  private:
    static constexpr std::size_t kShards = 16;
    struct Entry {
        std::string key;
        std::shared_ptr<const KeptAnswer> answer;
    };
    struct Shard {
        std::mutex mutex;
        std::list<Entry> by_use; ///< last used first
        std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
        std::size_t bytes = 0;
    };
    Shard& shard_of(const std::string& key) {
        return shards_[std::hash<std::string>{}(key) % kShards];
    }
    static std::size_t cost(const Entry& entry);

    std::size_t shard_limit_;
    std::array<Shard, kShards> shards_;
    std::atomic<std::size_t> bytes_{0}, hits_{0}, misses_{0};
};

} // namespace icmap::serve
