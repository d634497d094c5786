#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icmap::link {

/// Many texts in one piece of memory, by index.
class TextList {
  public:
    void add(std::string_view text) {
        bytes_.append(text);
        ends_.push_back(bytes_.size());
    }
    void reserve(std::size_t texts, std::size_t bytes) {
        ends_.reserve(texts);
        bytes_.reserve(bytes);
    }
    [[nodiscard]] std::string_view operator[](std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return {bytes_.data() + begin, ends_[i] - begin};
    }
    [[nodiscard]] std::size_t size() const { return ends_.size(); }

  private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

/// Calls `visit(word)` for each word of a text whose words are separated by single spaces.
template <class Visit>
void for_each_word(std::string_view text, Visit&& visit) {
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = text.find(' ', begin);
        end = end == std::string_view::npos ? text.size() : end;
        visit(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

} // namespace icmap::link
