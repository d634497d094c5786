#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace icmap {

/// What one finished stage did, for the build report.
struct StageReport {
    std::string stage;      ///< the verb: ingest, locate, …
    std::uint64_t rows = 0; ///< rows it went through
    double seconds = 0.0;
    std::string summary; ///< one line for people: "75,740 firms, 12 rejected"
};

/// How long work tells of itself. One thread at a time calls it, but for `note`, which any thread
/// may call; implementations print at most some ten times a second.
class Progress {
  public:
    virtual ~Progress() = default;
    /// A stage begins.
    virtual void begin(std::string_view stage) = 0;
    /// `done` of `total` (0 = not known) units of the current stage.
    virtual void step(std::uint64_t done, std::uint64_t total) = 0;
    /// Something worth reading that is not an error.
    virtual void note(std::string_view text) = 0;
    /// The stage is over.
    virtual void end(const StageReport& report) = 0;
};

enum class ProgressStyle : std::uint8_t {
    automatic, ///< bars when standard error is a terminal, plain lines otherwise
    plain,
    json, ///< one JSON object a line
    quiet,
};

/// Writes to standard error. Where that cannot be (a full disk, say) nothing is told and the work
/// goes on: it is not what the work is for.
void tell_on_error(const std::string& text);

/// A progress that writes to standard error in that style.
[[nodiscard]] std::unique_ptr<Progress> make_progress(ProgressStyle style);

/// Times a stage: begins it now, ends it with `finish`.
class StageTimer {
  public:
    StageTimer(Progress& progress, std::string stage);
    /// Ends the stage and returns what was reported.
    StageReport finish(std::uint64_t rows, std::string summary);

  private:
    Progress* progress_;
    std::string stage_;
    std::chrono::steady_clock::time_point start_;
};

/// "75,740": digits grouped by thousands, as people read them.
[[nodiscard]] std::string grouped(std::uint64_t number);

} // namespace icmap
