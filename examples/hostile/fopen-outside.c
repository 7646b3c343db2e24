// Tries to open files outside of its volume.
#include <stdio.h>

#include "say.h"

int main(void) {
    static const char *const paths[] = {
        "/etc/passwd", "../etc/passwd", "etc/passwd", "/data/../etc/passwd", "/data/etc/passwd",
        "/data/etc/../etc/passwd", "/data/./../../etc/passwd", "/data//..//etc/passwd",
        "/data/out/secret", "/data/many/../out/secret", "/data/out/volume/out/secret",
        "/data/proc/etc/passwd", "/data/proc/self/environ", "/proc/self/environ",
        "/proc/self/fd/0", "/dev/stdin", "/dev/zero", "/data/zero", "/data/self", "/data/fifo",
        "\\etc\\passwd", "/data/..%2fetc/passwd", "/data/file/../../secret", "/data/file/",
    };
    int opened = 0;
    for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (fopen(paths[i], "r")) opened++;
        if (fopen(paths[i], "w")) opened++;
    }
    answer("opened", opened);
}
