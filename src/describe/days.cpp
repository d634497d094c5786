#include "describe/days.hpp"

#include <chrono>

namespace icmap::describe {

std::int32_t year_of(std::int32_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    return static_cast<int>(date.year());
}

YearOfDay::YearOfDay() {
    year_.reserve(static_cast<std::size_t>(common_days::kCount));
    for (std::int32_t i = 0; i < common_days::kCount; ++i) {
        year_.push_back(static_cast<std::int16_t>(year_of(common_days::kFirst + i)));
    }
}

} // namespace icmap::describe
