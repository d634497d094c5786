#include "names/fold.hpp"

#include <array>
#include <cstdint>

namespace icmap::names {
namespace {

/// The base letters of U+00C0 to U+017F (Latin-1 Supplement and Latin Extended-A), in order; ' '
/// is a separator, lower case letters stand for two: a = AE, d = TH, s = SS, o = OE, i = IJ.
/// \source Unicode character names
constexpr std::string_view kLatinBase =
    "AAAAAAaCEEEEIIIIDNOOOOO OUUUUYdsAAAAAAaCEEEEIIIIDNOOOOO OUUUUYdY"  // U+00C0–U+00FF
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIiiJJKKKLLLLLLL"  // U+0100–U+013F
    "LLLNNNNNNNNNOOOOOOooRRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS"; // U+0140–U+017F
static_assert(kLatinBase.size() == 192);

std::string_view expanded(char base) {
    switch (base) {
    case 'a':
        return "AE";
    case 'd':
        return "TH";
    case 's':
        return "SS";
    case 'o':
        return "OE";
    case 'i':
        return "IJ";
    default:
        return {};
    }
}

bool is_word_byte(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 128;
}

bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Writes words, one space between them, into room that is large enough.
class Writer {
  public:
    explicit Writer(char* begin) : begin_(begin), at_(begin) {}

    void letter(char c) { *at_++ = c; }
    void separate() {
        if (at_ != begin_ && at_[-1] != ' ') {
            *at_++ = ' ';
        }
    }
    /// \returns the end of what was written
    char* finish() {
        while (at_ != begin_ && at_[-1] == ' ') {
            --at_;
        }
        return at_;
    }

  private:
    char* begin_;
    char* at_;
};

/// One character of UTF-8: its code point and length; length 1 and code point 0 where it is none.
/// \source RFC 3629, section 4: nothing written longer than needed, no surrogate
struct Character {
    std::uint32_t code = 0;
    std::size_t length = 1;
};

Character decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(at);
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    if (length == 1 || first > 0xF4 || at + length > text.size()) {
        return {};
    }
    std::uint32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            return {};
        }
        code = (code << 6U) | (byte(at + i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000}; // by length
    const bool is_surrogate = code >= 0xD800 && code < 0xE000;
    if (code < kLeast[length] || is_surrogate || code > 0x10FFFF) {
        return {};
    }
    return {code, length};
}

void write_wide(std::string_view bytes, std::uint32_t code, Writer& writer) {
    if (code >= 0xC0 && code < 0x180) {
        const char base = kLatinBase[code - 0xC0];
        const std::string_view pair = expanded(base);
        if (!pair.empty()) {
            writer.letter(pair[0]);
            writer.letter(pair[1]);
        } else if (base == ' ') {
            writer.separate();
        } else {
            writer.letter(base);
        }
        return;
    }
    constexpr std::array<std::uint32_t, 5> kApostrophes{0x2018, 0x2019, 0x201B, 0x02BC, 0xB4};
    for (const std::uint32_t apostrophe : kApostrophes) {
        if (code == apostrophe) {
            return;
        }
    }
    // Letters of other scripts begin at U+0180; general punctuation and symbols lie in
    // U+2000–U+2BFF and U+3000–U+303F, Latin-1 symbols below U+00C0.
    const bool is_symbol =
        code < 0x180 || (code >= 0x2000 && code < 0x2C00) || (code >= 0x3000 && code < 0x3040);
    if (is_symbol) {
        writer.separate();
        return;
    }
    for (const char c : bytes) {
        writer.letter(c);
    }
}

constexpr char kSkipped = '\0';
constexpr char kAnd = '&';

/// What becomes of each ASCII character: itself in upper case, ' ' (a separator), kSkipped or kAnd.
constexpr std::array<char, 128> kAscii = [] {
    std::array<char, 128> becomes{};
    for (std::size_t i = 0; i < becomes.size(); ++i) {
        const char c = static_cast<char>(i);
        const bool is_lower = c >= 'a' && c <= 'z';
        const bool is_kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        becomes.at(i) = is_lower                ? static_cast<char>(c - 'a' + 'A')
                        : is_kept               ? c
                        : c == '&'              ? kAnd
                        : c == '\'' || c == '`' ? kSkipped
                                                : ' ';
    }
    return becomes;
}();

void write_ascii(char c, Writer& writer) {
    const char becomes = kAscii[static_cast<unsigned char>(c)];
    if (becomes > kAnd) {
        writer.letter(becomes);
    } else if (becomes == ' ') {
        writer.separate();
    } else if (becomes == kAnd) {
        writer.separate();
        for (const char letter : std::string_view("AND")) {
            writer.letter(letter);
        }
        writer.separate();
    }
}

/// Joins single letters that follow each other: "P L C" to "PLC". In place: it only shrinks.
void join_single_letters(std::string& out, std::size_t begin) {
    std::size_t write = begin;
    bool last_was_single = false;
    for (std::size_t read = begin; read < out.size();) {
        std::size_t end = read;
        while (end < out.size() && is_word_byte(out[end])) {
            ++end;
        }
        const bool is_single = end == read + 1 && is_letter(out[read]);
        if (write > begin && !(is_single && last_was_single)) {
            out[write++] = ' ';
        }
        while (read < end) {
            out[write++] = out[read++];
        }
        last_was_single = is_single;
        ++read; // the space
    }
    out.resize(write);
}

} // namespace

void fold(std::string_view text, std::string& out) {
    // "&" becomes " AND ", and no other character more than twice as long.
    constexpr std::size_t kLongest = 5;
    const std::size_t begin = out.size();
    out.resize(begin + kLongest * text.size() + 1);
    Writer writer(out.data() + begin);
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 128) {
            write_ascii(text[i], writer);
            ++i;
            continue;
        }
        const Character character = decode(text, i);
        if (character.code == 0) {
            writer.separate();
        } else {
            write_wide(text.substr(i, character.length), character.code, writer);
        }
        i += character.length;
    }
    out.resize(static_cast<std::size_t>(writer.finish() - out.data()));
    join_single_letters(out, begin);
}

} // namespace icmap::names
