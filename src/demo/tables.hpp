#pragma once

#include "demo/random.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace icmap::demo {

/// The rows of a CSV text without its header; quotes as RFC 4180, no line breaks inside fields.
[[nodiscard]] std::vector<std::vector<std::string>> parse_csv(std::string_view text);

/// The parts of `text` between separators.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// Draws indices in proportion to whole-number weights.
class WeightedIndex {
  public:
    void add(std::uint32_t weight) { cumulative_.push_back(total() + weight); }
    [[nodiscard]] std::size_t pick(Random& random) const;
    [[nodiscard]] std::uint32_t total() const {
        return cumulative_.empty() ? 0 : cumulative_.back();
    }
    [[nodiscard]] std::size_t size() const { return cumulative_.size(); }

  private:
    std::vector<std::uint32_t> cumulative_;
};

/// A sector in which clusters are planted: a row of reference/demo/sectors.csv.
struct PlantedSector {
    std::string slug;
    std::string name;
    std::string kind;
    bool by_words = false;        ///< found by words in names and projects rather than SIC codes
    std::vector<std::size_t> sic; ///< indices into Tables::sic
    WeightedIndex sic_weight;
    std::vector<std::string> name_words;
    std::vector<std::string> project_phrases;
    std::vector<std::string> towns; ///< where its clusters are planted first
    std::uint32_t weight = 1;       ///< share of the planted clusters
    double collaborating = 0.0;     ///< share of its clusters whose members work together
    std::string ipc;                ///< patent classification
};

struct SicCode {
    std::string code; ///< five digits
    std::string text; ///< as the register prints it, "code - text"
    std::vector<std::string> trade_words;
    bool is_technical = false; ///< firms of this code do research more often
};

/// The authored tables of reference/demo, parsed once.
struct Tables {
    std::vector<SicCode> sic;
    WeightedIndex sic_weight;
    std::vector<PlantedSector> sectors;
    WeightedIndex sector_weight;
    std::unordered_map<std::string, std::vector<std::string>> words;
    std::vector<std::array<int, 2>> years; ///< first and last year of each band
    WeightedIndex year_weight;

    [[nodiscard]] const std::vector<std::string>& list(const std::string& name) const {
        return words.at(name);
    }
};

/// The tables, read from the texts built into the program.
[[nodiscard]] const Tables& tables();

/// The text of a file of reference/demo. A missing one is a fault of the build.
[[nodiscard]] std::string_view authored_text(std::string_view name);

} // namespace icmap::demo
