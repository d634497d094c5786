#include "serve/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

void split_commas(std::string_view text, std::vector<std::string>& parts) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0) {
            parts.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

} // namespace

std::optional<double> to_number(std::string_view text) {
    double number = 0.0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> to_integer(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return number;
}

std::string_view nearest_word(std::string_view word, std::span<const std::string> candidates) {
    std::string_view best;
    std::size_t smallest = word.size() / 2 + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < smallest) {
            smallest = distance;
            best = candidate;
        }
    }
    return best;
}

std::string in_words(std::span<const std::string_view> words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        out += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        out += words[i];
    }
    return out;
}

void Parameters::know(std::string_view name) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
        known_.emplace_back(name);
    }
}

bool Parameters::has(std::string_view name) {
    return text(name).has_value();
}

std::optional<std::string> Parameters::text(std::string_view name) {
    know(name);
    for (const auto& [key, value] : target_->query) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

Checked<std::int64_t> Parameters::integer(std::string_view name, std::int64_t smallest,
                                          std::int64_t largest, std::int64_t otherwise) {
    const auto given = text(name);
    if (!given) {
        return otherwise;
    }
    const auto number = to_integer(*given);
    if (!number || *number < smallest || *number > largest) {
        return bad_request(
            fmt::format("{} must be a whole number from {} to {}", name, smallest, largest),
            std::string(name), *given,
            fmt::format("Send a number from {} to {}, or leave it out for {}", smallest, largest,
                        otherwise));
    }
    return *number;
}

Checked<std::optional<double>> Parameters::number(std::string_view name, double smallest,
                                                  double largest) {
    const auto given = text(name);
    if (!given) {
        return std::nullopt;
    }
    const auto number = to_number(*given);
    if (!number || *number < smallest || *number > largest) {
        return bad_request(
            fmt::format("{} must be a number from {} to {}", name, smallest, largest),
            std::string(name), *given,
            fmt::format("Send a number from {} to {}", smallest, largest));
    }
    return number;
}

Checked<std::optional<bool>> Parameters::boolean(std::string_view name) {
    const auto given = text(name);
    if (!given) {
        return std::nullopt;
    }
    if (*given == "true" || *given == "false") {
        return *given == "true";
    }
    return bad_request(fmt::format("{} must be true or false", name), std::string(name), *given,
                       "Send true or false, or leave it out");
}

std::vector<std::string> Parameters::list(std::string_view name) {
    know(name);
    std::vector<std::string> values;
    for (const auto& [key, value] : target_->query) {
        if (key == name) {
            split_commas(value, values);
        }
    }
    return values;
}

Checked<std::vector<std::string>> Parameters::list_of(std::string_view name,
                                                      std::span<const std::string_view> allowed) {
    auto values = list(name);
    for (const std::string& value : values) {
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
            return bad_request(fmt::format("{} holds a value that is not known", name),
                               std::string(name), value,
                               fmt::format("Choose from {}", in_words(allowed)));
        }
    }
    return values;
}

Checked<std::optional<Box>> Parameters::bbox(std::string_view name) {
    const auto given = text(name);
    if (!given) {
        return std::nullopt;
    }
    std::vector<std::string> parts;
    split_commas(*given, parts);
    std::vector<double> numbers;
    for (const std::string& part : parts) {
        if (const auto number = to_number(part)) {
            numbers.push_back(*number);
        }
    }
    const bool complete = numbers.size() == parts.size() &&
                          (parts.size() == 4 || parts.size() == 6) &&
                          std::count(given->begin(), given->end(), ',') + 1 ==
                              static_cast<std::ptrdiff_t>(parts.size());
    if (!complete) {
        return bad_request(fmt::format("{} must be four numbers (or six, with heights)", name),
                           std::string(name), *given, "Send west,south,east,north in degrees");
    }
    const std::size_t half = numbers.size() / 2;
    const Box box{numbers[0], numbers[1], numbers[half], numbers[half + 1]};
    const bool on_globe = std::abs(box.min_x) <= 180 && std::abs(box.max_x) <= 180 &&
                          std::abs(box.min_y) <= 90 && std::abs(box.max_y) <= 90;
    if (!on_globe || box.min_y > box.max_y) {
        return bad_request(
            fmt::format("{} is not a box on the globe", name), std::string(name), *given,
            "Send west,south,east,north: longitudes from -180 to 180, latitudes from "
            "-90 to 90, south not above north");
    }
    return box;
}

Checked<std::map<std::string, double>> Parameters::by_key(std::string_view name) {
    know(name);
    std::map<std::string, double> numbers;
    const std::string prefix = std::string(name) + '[';
    for (const auto& [key, value] : target_->query) {
        if (!key.starts_with(prefix) || !key.ends_with(']')) {
            continue;
        }
        const std::string inner = key.substr(prefix.size(), key.size() - prefix.size() - 1);
        const auto number = to_number(value);
        if (!number) {
            return bad_request(fmt::format("{} must be a number", key), key, value,
                               fmt::format("Send {}=100", key));
        }
        numbers[inner] = *number;
    }
    return numbers;
}

Checked<void> Parameters::finish() const {
    for (const auto& [key, value] : target_->query) {
        const std::string name = key.ends_with(']') ? key.substr(0, key.find('[')) : key;
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) {
            continue;
        }
        const std::string_view nearest = nearest_word(name, known_);
        return bad_request(fmt::format("There is no parameter {}", name), key, value,
                           nearest.empty() ? "Leave it out; /api/openapi.yaml lists the parameters"
                                           : fmt::format("Did you mean {}?", nearest));
    }
    return {};
}

} // namespace icmap::serve
