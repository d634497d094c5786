#include "serve/parameters.hpp"

#include "base/nearest.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {
namespace {

void split_commas(std::string_view text, std::vector<std::string>& parts) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0) {
            parts.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

tl::unexpected<Problem> given_twice(const std::string& name) {
    return bad_request(fmt::format("{} is given twice", name), name, {}, "Send it once");
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
    know(name);
    return std::any_of(target_->query.begin(), target_->query.end(),
                       [name](const auto& one) { return one.first == name; });
}

std::optional<std::string> Parameters::text(std::string_view name) {
    know(name);
    single_.emplace_back(name);
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
    keyed_.emplace_back(name);
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
        if (!numbers.emplace(inner, *number).second) {
            return given_twice(key);
        }
    }
    return numbers;
}

Checked<void> Parameters::finish() const {
    for (const std::string& name : single_) {
        const auto is_it = [&name](const auto& one) { return one.first == name; };
        if (std::count_if(target_->query.begin(), target_->query.end(), is_it) > 1) {
            return given_twice(name);
        }
    }
    for (const auto& [key, value] : target_->query) {
        const bool has_key = key.ends_with(']') && key.find('[') != std::string::npos;
        const std::string name = has_key ? key.substr(0, key.find('[')) : key;
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) {
            const bool takes_key = std::find(keyed_.begin(), keyed_.end(), name) != keyed_.end();
            if (has_key == takes_key) {
                continue;
            }
            return bad_request(takes_key
                                   ? fmt::format("{} needs the name of a figure in brackets", name)
                                   : fmt::format("{} takes nothing in brackets", name),
                               key, value,
                               takes_key ? fmt::format("Send {}[enterprise_count]=100", name)
                                         : fmt::format("Send {}=…", name));
        }
        const auto nearest = nearest_word(name, known_);
        return bad_request(fmt::format("There is no parameter {}", name), key, value,
                           nearest ? fmt::format("Did you mean {}?", *nearest)
                                   : "Leave it out; /api/openapi.yaml lists the parameters");
    }
    return {};
}

} // namespace icmap::serve
