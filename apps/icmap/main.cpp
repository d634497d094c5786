#include <fmt/format.h>

int main() {
    fmt::print("icmap\n");
    return 0;
}
