#pragma once

#include <string>
#include <string_view>

namespace icmap {

/// How the program was called, for hints that can be pasted into a shell: "icmap" until it is set.
[[nodiscard]] const std::string& program_name();

/// Once, from main, before anything else: argv[0]. Quoted where a shell would cut it.
void set_program_name(std::string_view called);

} // namespace icmap
