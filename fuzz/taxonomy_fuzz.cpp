// Any bytes: read as a taxonomy or, where the first byte is even, as a company list. What is
// refused says what to do; what is taken can be made into rules, and judges its own text.

#include "classify/taxonomy.hpp"
#include "classify/word_rules.hpp"
#include "names/slug.hpp"

#include <cstdlib>
#include <string_view>

namespace {

using namespace icmap::classify;

void must(bool claim) {
    if (!claim) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    Definitions definitions;
    auto read = data[0] % 2 == 0 ? read_list("fuzz.csv", text, definitions)
                                 : read_taxonomy("fuzz.toml", text, definitions);
    if (read) {
        read = resolve_parents(definitions);
    }
    if (!read) {
        must(read.error().file == "fuzz.csv" || read.error().file == "fuzz.toml");
        must(!read.error().what.empty() && !read.error().remedy.empty());
        return 0;
    }
    for (const SectorDefinition& sector : definitions.sectors) {
        must(!sector.slug.empty() && sector.slug == icmap::names::slugify(sector.slug));
        must(sector.settings < definitions.settings.size());
    }
    const WordRules rules(definitions);
    WordRules::Scratch scratch;
    std::vector<Verdict> verdicts;
    rules.judge(text, Field::name, "26110 62012", scratch, verdicts);
    for (const Verdict& verdict : verdicts) {
        must(verdict.sector < definitions.sectors.size() && verdict.score > 0.0);
    }
    return 0;
}
