// Any bytes are a name or a date from a register: what is made of them must be well-formed.
#include "base/utf8.hpp"
#include "ingest/common_date.hpp"
#include "names/fold.hpp"
#include "names/organisation_name.hpp"
#include "names/slug.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

using namespace icmap;

void must(bool claim) {
    if (!claim) {
        std::abort();
    }
}

std::string folded(std::string_view text) {
    std::string out;
    names::fold(text, out);
    return out;
}

/// Another opinion on what is UTF-8.
bool is_utf8_by_json(std::string_view text) {
    try {
        static_cast<void>(nlohmann::json(std::string(text)).dump());
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

void name(std::string_view text) {
    const std::string once = folded(text);
    must(is_utf8(once) && folded(once) == once);
    must(once.empty() || (once.front() != ' ' && once.back() != ' '));
    must(once.find("  ") == std::string::npos);
    const names::NameRules& rules = names::NameRules::standard();
    must(rules.key(text).empty() == once.empty());
    must(is_utf8(rules.key(text)) && is_utf8(rules.institution_key(text)));
    static_cast<void>(rules.institution_kind(text));
    static_cast<void>(rules.has_legal_form(text));
    const std::string slug = names::slugify(text);
    must(names::slugify(slug) == slug);
}

void date(std::string_view text) {
    const auto day = ingest::common_date(text);
    const auto digits = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            value =
                text[i] >= '0' && text[i] <= '9' && value >= 0 ? value * 10 + text[i] - '0' : -1;
        }
        return value;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || digits(0, 4) < 1 ||
        digits(5, 2) < 0 || digits(8, 2) < 0) {
        return;
    }
    const std::chrono::year_month_day written{
        std::chrono::year(digits(0, 4)), std::chrono::month(static_cast<unsigned>(digits(5, 2))),
        std::chrono::day(static_cast<unsigned>(digits(8, 2)))};
    must(day.has_value() == written.ok());
    must(!day || *day == std::chrono::sys_days(written).time_since_epoch().count());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    must(is_utf8(text) == is_utf8_by_json(text));
    name(text);
    date(text);
    return 0;
}
