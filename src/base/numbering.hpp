#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace icmap {

/// Numbers for texts that stand there over and over, from 0 in the order in which they are first
/// met.
class Numbering {
  public:
    std::uint32_t of(std::string_view text) {
        if (const auto known = number_.find(text); known != number_.end()) {
            return known->second;
        }
        const auto next = static_cast<std::uint32_t>(texts_.size());
        number_.emplace(text, next);
        texts_.emplace_back(text);
        return next;
    }
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }
    /// The texts, and nothing left.
    [[nodiscard]] std::vector<std::string> take() {
        number_.clear();
        return std::exchange(texts_, {});
    }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> number_;
    std::vector<std::string> texts_;
};

} // namespace icmap
