#include "store/session_functions.hpp"

#include "store/function_adapter.hpp"

#include <atomic>
#include <cmath>
#include <memory>

namespace icmap::store {
namespace {

using adapter::PartAnswers;
using adapter::register_function;
using adapter::RowNumbers;
using adapter::Texts;
using adapter::ValueAnswers;
using IntegerAnswers = ValueAnswers<std::int32_t, DUCKDB_TYPE_INTEGER>;
using NumberAnswers = ValueAnswers<double, DUCKDB_TYPE_DOUBLE>;

template <class T>
using RowFunction = std::function<bool(std::size_t row, T& value)>;

/// A function of texts that may be told beforehand which ones it will be asked for.
struct LookUp {
    struct Functions {
        IntegerFunction of;
        std::function<void(std::string_view)> expect;
    };
    std::shared_ptr<Functions> functions;

    bool operator()(std::string_view text, std::int32_t& number) const {
        return functions->of && functions->of(text, number);
    }
    void expect(std::string_view text) const {
        if (functions->expect) {
            functions->expect(text);
        }
    }
};

std::string next_name() {
    static std::atomic<std::uint64_t> count{0};
    return fmt::format("session_function_{}", count.fetch_add(1));
}

} // namespace

SessionFunctions::~SessionFunctions() {
    for (const Macro& macro : macros_) {
        // Nothing to be done about a connection that is gone.
        static_cast<void>(
            connection_->run(fmt::format("drop macro if exists temp.{}", identifier(macro.name))));
    }
    for (const auto& forget : forget_) {
        forget();
    }
}

Result<void> SessionFunctions::publish(const std::string& name, const std::string& own) {
    Macro macro{name, own};
    ICMAP_TRY(connection_->run(macro.definition()));
    macros_.push_back(std::move(macro));
    return {};
}

std::string SessionFunctions::Macro::definition() const {
    return fmt::format("create or replace temp macro {}(x) as {}(x);", identifier(name), own);
}

std::string SessionFunctions::sharing() const {
    std::string statements;
    for (const Macro& macro : macros_) {
        statements += macro.definition();
    }
    return statements;
}

Result<void> SessionFunctions::of_text(const std::string& name, IntegerFunction function,
                                       std::function<void(std::string_view)> expect) {
    const std::string own = next_name();
    auto held = std::make_shared<LookUp::Functions>(
        LookUp::Functions{std::move(function), std::move(expect)});
    forget_.emplace_back([held] { *held = {}; });
    ICMAP_TRY((register_function<Texts, IntegerAnswers>(*connection_, own, LookUp{held})));
    return publish(name, own);
}

Result<void> SessionFunctions::of_row(const std::string& name, std::vector<double> values) {
    const std::string own = next_name();
    auto held = std::make_shared<std::vector<double>>(std::move(values));
    forget_.emplace_back([held] { *held = {}; });
    ICMAP_TRY((register_function<RowNumbers, NumberAnswers>(
        *connection_, own, RowFunction<double>([held](std::size_t row, double& value) {
            value = row < held->size() ? (*held)[row] : std::nan("");
            return !std::isnan(value);
        }))));
    return publish(name, own);
}

Result<void> SessionFunctions::of_row(const std::string& name, std::vector<std::int32_t> values) {
    const std::string own = next_name();
    auto held = std::make_shared<std::vector<std::int32_t>>(std::move(values));
    forget_.emplace_back([held] { *held = {}; });
    ICMAP_TRY((register_function<RowNumbers, IntegerAnswers>(
        *connection_, own, RowFunction<std::int32_t>([held](std::size_t row, std::int32_t& value) {
            value = row < held->size() ? (*held)[row] : kNull;
            return value != kNull;
        }))));
    return publish(name, own);
}

Result<void> SessionFunctions::of_row(const std::string& name, std::vector<std::uint8_t> values,
                                      std::vector<std::string> words) {
    const std::string own = next_name();
    auto held = std::make_shared<std::vector<std::uint8_t>>(std::move(values));
    forget_.emplace_back([held] { *held = {}; });
    ICMAP_TRY((register_function<RowNumbers, PartAnswers>(
        *connection_, own,
        RowFunction<std::string_view>(
            [held, words = std::move(words)](std::size_t row, std::string_view& value) {
                if (row >= held->size() || (*held)[row] >= words.size()) {
                    return false;
                }
                value = words[(*held)[row]];
                return true;
            }))));
    return publish(name, own);
}

} // namespace icmap::store
