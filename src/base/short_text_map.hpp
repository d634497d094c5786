#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icmap {

/// Numbers by text, for millions of texts of which nearly all have at most eight bytes: postcodes
/// and the numbers of companies. Longer ones do, too.
/// \complexity O(1) a look-up, mostly one line of the cache
class ShortTextMap {
  public:
    explicit ShortTextMap(std::size_t expected = 0) { grow_to(expected); }

    /// \returns false where the text has a number already, which it keeps
    bool add(std::string_view text, std::uint32_t number) {
        const std::uint64_t key = packed(text);
        if (key == kNone) {
            return long_.try_emplace(std::string(text), number).second;
        }
        if (2 * (count_ + 1) > slots_.size()) {
            grow_to(2 * count_ + 1);
        }
        Slot& slot = slots_[place(key)];
        if (slot.key == key) {
            return false;
        }
        slot = {key, number};
        ++count_;
        return true;
    }

    /// Asks for the line of the cache that a look-up of the text will need: of many texts in a row,
    /// asked for all before the first is looked up, none waits for memory.
    void prefetch(std::string_view text) const {
        if (const std::uint64_t key = packed(text); key != kNone) {
            __builtin_prefetch(&slots_[first_place(key)]);
        }
    }

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const {
        const std::uint64_t key = packed(text);
        if (key == kNone) {
            const auto found = long_.empty() ? long_.end() : long_.find(std::string(text));
            return found == long_.end() ? std::nullopt : std::optional(found->second);
        }
        const Slot& slot = slots_[place(key)];
        return slot.key == key ? std::optional(slot.number) : std::nullopt;
    }

  private:
    struct Slot {
        std::uint64_t key = kNone;
        std::uint32_t number = 0;
    };
    static constexpr std::uint64_t kNone = 0; ///< also of texts that cannot be packed

    /// The bytes of a text of one to eight bytes, none of them NUL.
    static std::uint64_t packed(std::string_view text) {
        std::uint64_t key = kNone;
        if (text.empty() || text.size() > sizeof(key) || text.find('\0') != text.npos) {
            return kNone;
        }
        std::memcpy(&key, text.data(), text.size());
        return key;
    }

    [[nodiscard]] std::size_t first_place(std::uint64_t key) const {
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
        return (key * 0x9E3779B97F4A7C15ULL) >> shift_;
    }

    [[nodiscard]] std::size_t place(std::uint64_t key) const {
        std::size_t at = first_place(key);
        while (slots_[at].key != kNone && slots_[at].key != key) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return at;
    }

    void grow_to(std::size_t texts) {
        unsigned bits = 4;
        while ((std::size_t{1} << bits) < 2 * texts) {
            ++bits;
        }
        std::vector<Slot> old(std::size_t{1} << bits);
        old.swap(slots_);
        shift_ = 64 - bits;
        for (const Slot& slot : old) {
            if (slot.key != kNone) {
                slots_[place(slot.key)] = slot;
            }
        }
    }

    std::vector<Slot> slots_;
    unsigned shift_ = 64;
    std::size_t count_ = 0;
    std::unordered_map<std::string, std::uint32_t> long_;
};

} // namespace icmap
