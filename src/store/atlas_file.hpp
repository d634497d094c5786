#pragma once

#include "store/connection.hpp"

#include <filesystem>

namespace icmap::store {

/// An atlas being written. It grows under a temporary name beside its target, together with a
/// scratch database attached as `staging`, and takes the target's
/// name only in `commit`: a build killed at any moment leaves the last good atlas as it was. One
/// build at a time holds a target (flock on NAME.atlas.lock, which goes when the build ends).
class AtlasWriter {
  public:
    /// Opens an empty atlas for `target`; with `from`, that atlas for reading, while a copy of it
    /// is made to be rebuilt in part: it is written to from begin_writing on. Left-overs of killed
    /// builds of the same target are removed. \errors input: the folder is missing or cannot be
    /// written to; another build holds the target
    [[nodiscard]] static Result<AtlasWriter> open(const std::filesystem::path& target,
                                                  const DatabaseOptions& options,
                                                  const std::filesystem::path& from = {});
    AtlasWriter(AtlasWriter&&) noexcept;
    AtlasWriter& operator=(AtlasWriter&&) noexcept;
    /// Removes the temporary files unless committed.
    ~AtlasWriter();

    /// The connection on which unqualified names mean the atlas and `staging.` the scratch
    /// database.
    [[nodiscard]] Connection& connection();
    /// A further connection to the same databases, for another thread.
    [[nodiscard]] Result<Connection> connect();

    /// Waits for the copy of the atlas that was opened and takes it up instead; further connections
    /// must have ended. Nothing to do where there is none, or it is taken up already.
    /// \errors input: the copy could not be made, as where the disk is full
    [[nodiscard]] Result<void> begin_writing();

    /// Drops the scratch database, flushes, and puts the atlas in place, dated when it was opened.
    /// \errors input: the disk is full or the target cannot be replaced
    [[nodiscard]] Result<void> commit();

  private:
    struct State;
    explicit AtlasWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Opens an atlas for reading only.
/// \errors input: missing, not an atlas, made by another version of the schema
[[nodiscard]] Result<Database> open_atlas(const std::filesystem::path& path, int threads = 0);

} // namespace icmap::store
