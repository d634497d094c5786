#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace icmap::describe {

/// Days since 1970 that registers are full of, 1900 to 2099, by number; others stand beside.
namespace common_days {
inline constexpr std::int32_t kFirst = -25'567;
inline constexpr std::int32_t kCount = 73'049;
[[nodiscard]] inline bool holds(std::int32_t day) {
    return day >= kFirst && day < kFirst + kCount;
}
[[nodiscard]] inline std::size_t number(std::int32_t day) {
    return static_cast<std::size_t>(day - kFirst);
}
} // namespace common_days

/// The year of a day since 1970, by the Gregorian calendar.
[[nodiscard]] std::int32_t year_of(std::int32_t day);

/// The same, looked up for common days: a calendar takes longer than all else that is done with a
/// day.
class YearOfDay {
  public:
    YearOfDay();
    [[nodiscard]] std::int32_t operator()(std::int32_t day) const {
        return common_days::holds(day) ? year_[common_days::number(day)] : year_of(day);
    }

  private:
    std::vector<std::int16_t> year_;
};

/// How often each day was met.
class DayCounts {
  public:
    void add(std::int32_t day) {
        if (common_days::holds(day)) {
            if (common_.empty()) {
                common_.resize(static_cast<std::size_t>(common_days::kCount), 0);
            }
            ++common_[common_days::number(day)];
        } else {
            ++other_[day];
        }
    }
    /// Calls `visit(day, count)` for the days that were met.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t i = 0; i < common_.size(); ++i) {
            if (common_[i] > 0) {
                visit(common_days::kFirst + static_cast<std::int32_t>(i), common_[i]);
            }
        }
        for (const auto& [day, count] : other_) {
            visit(day, count);
        }
    }

  private:
    std::vector<std::uint32_t> common_; ///< none before the first
    std::map<std::int32_t, std::uint32_t> other_;
};

} // namespace icmap::describe
