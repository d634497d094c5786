// Any bytes are a value of a register: what the quick readers take, the slow ones must read alike.
#include "ingest/clean_value.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace icmap::ingest;

void must(bool claim) {
    if (!claim) {
        std::abort();
    }
}

void numbers(const std::string& text) {
    std::int32_t whole = 0;
    must(!common_integer(text, whole) || std::strtol(text.c_str(), nullptr, 10) == whole);
    double number = 0.0;
    must(!common_number(text, number) || std::strtod(text.c_str(), nullptr) == number);
}

void codes(std::string_view text) {
    std::string once;
    if (postcode_of(clean_text(text), once)) {
        std::string twice;
        must(postcode_of(once, twice) && twice == once);
        must(once.size() >= 6 && once.size() <= 8 && once[once.size() - 4] == ' ');
    }
    std::string company;
    if (common_company_number(text, company) && !company.empty()) {
        std::string again;
        must(common_company_number(company, again) && again == company);
    }
    const std::string_view sic = sic_of(text);
    must(sic.empty() || (sic.size() == 5 && sic_of(sic) == sic));
}

void lists(std::string_view text) {
    std::vector<std::string_view> items;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        items.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    std::vector<std::string_view> found;
    must(sic_list_of(items, found) == !found.empty());
    std::vector<std::string_view> clean;
    must(clean_list(items, clean) == !clean.empty());
    for (const std::string_view item : clean) {
        must(!item.empty() && clean_text(item) == item);
    }
    std::string_view unknown;
    if (unknown_sic_of(items, unknown)) {
        must(!clean_text(unknown).empty() && sic_of(unknown).empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    must(clean_text(clean_text(text)) == clean_text(text));
    must(clean_token(clean_token(text)) == clean_token(text));
    numbers(text);
    codes(text);
    lists(text);
    return 0;
}
