#pragma once

namespace icmap {

/// While it lives, what is freed stays with the process for what is asked for next; the system
/// gives each page anew, filled with noughts. For work that frees and asks for hundreds of
/// megabytes in turn. When it goes, what is free goes back bit by bit, as before.
class FreedMemoryKept {
  public:
    FreedMemoryKept();
    ~FreedMemoryKept();
    FreedMemoryKept(const FreedMemoryKept&) = delete;
    FreedMemoryKept& operator=(const FreedMemoryKept&) = delete;

  private:
    double rate_before_;
};

/// While it lives, each larger piece goes back to the system as it is freed. For work that asks for
/// a few large buffers one after the other and is not to need more than those in use.
class FreedMemoryGivenBack {
  public:
    FreedMemoryGivenBack();
    ~FreedMemoryGivenBack();
    FreedMemoryGivenBack(const FreedMemoryGivenBack&) = delete;
    FreedMemoryGivenBack& operator=(const FreedMemoryGivenBack&) = delete;
};

/// Gives what was freed back to the system at once: after work that needed much and comes seldom.
void give_freed_memory_back();

} // namespace icmap
