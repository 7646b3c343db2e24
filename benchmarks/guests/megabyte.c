// Answers 1 MiB, 64 KiB at a time.
#include <string.h>
#include <unistd.h>

int main(void) {
    static char block[65536];
    static const char head[] = "Content-Type: application/octet-stream\n\n";
    memset(block, 'x', sizeof block);
    if (write(1, head, sizeof head - 1) < 0) return 1;
    for (int i = 0; i < 16; i++) {
        if (write(1, block, sizeof block) < 0) return 1;
    }
    return 0;
}
