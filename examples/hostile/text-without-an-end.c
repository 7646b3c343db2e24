// Tries to look for the end of a text that has none.
#include "say.h"

int main(void) {
    // All of its memory, and then on.
    for (unsigned char *at = (unsigned char *)1024;; at += 4096) {
        if (at >= (unsigned char *)(__builtin_wasm_memory_size(0) << 16)) break;
        *at |= 1;
    }
    const volatile char *text = (const char *)((__builtin_wasm_memory_size(0) << 16) - 1);
    *(volatile char *)text = 1;
    while (*text) text++;
    return 0;
}
