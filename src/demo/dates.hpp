#pragma once

#include "demo/random.hpp"
#include "demo/text.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace icmap::demo {

/// Days since 1970-01-01.
using Day = int;

[[nodiscard]] inline Day day_of(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

struct Calendar {
    int year;
    unsigned month;
    unsigned day;
};

[[nodiscard]] inline Calendar calendar(Day day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day())};
}

[[nodiscard]] inline unsigned last_day(int year, unsigned month) {
    const std::chrono::year_month_day_last end{
        std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{month}}};
    return static_cast<unsigned>(end.day());
}

/// The example is as of this day: its newest firm is from the day before.
[[nodiscard]] inline Day as_of_day() {
    return day_of(2024, 11, 1);
}

/// "31/03/2023"
inline void append_british(std::string& out, Day day) {
    const Calendar date = calendar(day);
    append_padded(out, date.day, 2);
    out += '/';
    append_padded(out, date.month, 2);
    out += '/';
    append_number(out, date.year);
}

/// "2023-03-31"
inline void append_iso(std::string& out, Day day) {
    const Calendar date = calendar(day);
    append_number(out, date.year);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
}

[[nodiscard]] inline std::string british(Day day) {
    std::string out;
    append_british(out, day);
    return out;
}
[[nodiscard]] inline std::string iso(Day day) {
    std::string out;
    append_iso(out, day);
    return out;
}

} // namespace icmap::demo
