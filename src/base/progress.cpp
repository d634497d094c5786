#include "base/progress.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace icmap {
namespace {

/// Quotes a text as a JSON string (control characters, quotes and backslashes escaped).
std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    return out + '"';
}

class QuietProgress final : public Progress {
  public:
    void begin(std::string_view) override {}
    void step(std::uint64_t, std::uint64_t) override {}
    void note(std::string_view) override {}
    void end(const StageReport&) override {}
};

class PlainProgress : public Progress {
  public:
    void begin(std::string_view) override {}
    void step(std::uint64_t, std::uint64_t) override {}
    void note(std::string_view text) override {
        tell_on_error(fmt::format("            {}\n", text));
    }
    void end(const StageReport& report) override {
        const double rate =
            report.seconds > 0 ? static_cast<double>(report.rows) / report.seconds : 0.0;
        const std::string told =
            rate >= 1.0 ? grouped(static_cast<std::uint64_t>(rate)) + " rows/s" : "";
        tell_on_error(fmt::format("{:<10} {:>7.2f} s {:>19}  {}\n", report.stage, report.seconds,
                                  told, report.summary));
    }
};

class TerminalProgress final : public PlainProgress {
  public:
    void begin(std::string_view stage) override {
        stage_ = stage;
        draw(fmt::format("{:<10} …", stage_));
    }
    void step(std::uint64_t done, std::uint64_t total) override {
        const auto now = std::chrono::steady_clock::now();
        if (now - drawn_ < std::chrono::milliseconds(100)) {
            return;
        }
        drawn_ = now;
        if (total == 0) {
            draw(fmt::format("{:<10} {}", stage_, grouped(done)));
            return;
        }
        constexpr std::uint64_t kWidth = 30;
        const std::uint64_t full = done >= total ? kWidth : done * kWidth / total;
        std::string bar;
        for (std::uint64_t i = 0; i < kWidth; ++i) {
            bar += i < full ? "█" : "░";
        }
        draw(fmt::format("{:<10} {} {} of {}", stage_, bar, grouped(done), grouped(total)));
    }
    void note(std::string_view text) override {
        draw("");
        PlainProgress::note(text);
    }
    void end(const StageReport& report) override {
        draw("");
        PlainProgress::end(report);
    }

  private:
    static void draw(const std::string& text) { tell_on_error(fmt::format("\r\033[2K{}", text)); }
    std::string stage_;
    std::chrono::steady_clock::time_point drawn_;
};

class JsonProgress final : public Progress {
  public:
    void begin(std::string_view stage) override {
        tell_on_error(fmt::format("{{\"event\":\"begin\",\"stage\":{}}}\n", json_string(stage)));
    }
    void step(std::uint64_t, std::uint64_t) override {}
    void note(std::string_view text) override {
        tell_on_error(fmt::format("{{\"event\":\"note\",\"text\":{}}}\n", json_string(text)));
    }
    void end(const StageReport& report) override {
        tell_on_error(fmt::format("{{\"event\":\"end\",\"stage\":{},\"rows\":{},\"seconds\":{:.3f},"
                                  "\"summary\":{}}}\n",
                                  json_string(report.stage), report.rows, report.seconds,
                                  json_string(report.summary)));
    }
};

} // namespace

void tell_on_error(const std::string& text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
}

std::unique_ptr<Progress> make_progress(ProgressStyle style) {
    if (style == ProgressStyle::automatic) {
        style = ProgressStyle::plain;
        if (isatty(STDERR_FILENO) == 1) {
            return std::make_unique<TerminalProgress>();
        }
    }
    switch (style) {
    case ProgressStyle::json:
        return std::make_unique<JsonProgress>();
    case ProgressStyle::quiet:
        return std::make_unique<QuietProgress>();
    case ProgressStyle::automatic:
    case ProgressStyle::plain:
        break;
    }
    return std::make_unique<PlainProgress>();
}

StageTimer::StageTimer(Progress& progress, std::string stage)
    : progress_(&progress), stage_(std::move(stage)), start_(std::chrono::steady_clock::now()) {
    progress_->begin(stage_);
}

StageReport StageTimer::finish(std::uint64_t rows, std::string summary) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    StageReport report{stage_, rows, elapsed.count(), std::move(summary)};
    progress_->end(report);
    return report;
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3;) {
        i -= 3;
        digits.insert(i, 1, ',');
    }
    return digits;
}

} // namespace icmap
