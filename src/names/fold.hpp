#pragma once

#include <string>
#include <string_view>

namespace icmap::names {

/// Folds a text to upper case ASCII words separated by single spaces, appended to `out`.
///
/// Letters lose their diacritics (é → E, ß → SS, Ø → O), & becomes AND, apostrophes vanish
/// (St Mary's → ST MARYS), and everything else that is neither letter nor digit separates words.
/// Single letters that follow each other are one word (P L C, P.L.C. → PLC). Letters of other
/// scripts stay as they are. Bytes that are no UTF-8 separate words. \complexity linear
void fold(std::string_view text, std::string& out);

} // namespace icmap::names
