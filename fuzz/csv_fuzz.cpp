// Any bytes are a file: cutting it into records gives one answer, however the bytes arrive.
#include "ingest/catalog.hpp"
#include "ingest/columns.hpp"
#include "ingest/csv_structure.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

icmap::ingest::CsvScanner scanned(std::string_view text, std::size_t piece) {
    icmap::ingest::CsvScanner scanner({});
    scanner.want_records({1, 2, 5});
    for (std::size_t i = 0; i < text.size(); i += piece) {
        const std::string_view part = text.substr(i, piece);
        scanner.feed({part.data(), part.size()});
    }
    scanner.finish();
    return scanner;
}

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto whole = scanned(text, text.size() + 1);
    const auto cut = scanned(text, 4);
    require(whole.structure().records == cut.structure().records);
    require(whole.structure().ends_inside_quotes == cut.structure().ends_inside_quotes);
    require(whole.places().size() == cut.places().size());
    for (std::size_t i = 0; i < whole.places().size(); ++i) {
        require(whole.places()[i].line == cut.places()[i].line);
        require(whole.places()[i].record == cut.places()[i].record);
    }
    const auto cells = icmap::ingest::first_record(text, {});
    require(icmap::ingest::column_names(cells).size() == cells.size());
    (void)icmap::ingest::likely_delimiter(text);
    (void)icmap::ingest::identifiers_of(text);
    (void)icmap::ingest::parse_preset(text, "fuzz");
    (void)icmap::ingest::parse_kind(text, "fuzz");
    return 0;
}
