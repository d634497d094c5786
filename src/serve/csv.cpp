#include "serve/csv.hpp"

#include "serve/parameters.hpp"

#include <cmath>
#include <fmt/format.h>

namespace icmap::serve {

std::string csv_field(std::string_view text) {
    std::string field(text);
    if (!field.empty() && !to_number(text) &&
        std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos) {
        field.insert(0, 1, '\'');
    }
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

std::string csv_number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

Response as_file(std::string content_type, std::string body, std::string_view name) {
    Response response = respond(std::move(content_type), std::move(body));
    response.headers.push_back(
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)});
    return response;
}

} // namespace icmap::serve
