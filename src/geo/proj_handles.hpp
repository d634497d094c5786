#pragma once

// For the files of geo/ that talk to PROJ; other rooms use projection.hpp.

#include <proj.h>

#include <memory>
#include <string>

namespace icmap::geo::proj {

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;

struct DestroyObject {
    void operator()(PJ* object) const { proj_destroy(object); }
};
using Object = std::unique_ptr<PJ, DestroyObject>;

struct DestroyList {
    void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
using List = std::unique_ptr<PJ_OBJ_LIST, DestroyList>;

/// A PROJ context that neither speaks nor goes to the network, and looks for files in
/// `grid_directory`, where that is not empty, before `proj_folders()`.
[[nodiscard]] Context make_context(const std::string& grid_directory);

} // namespace icmap::geo::proj
