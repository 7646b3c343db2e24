// Tries to recurse with frames of a megabyte in its memory.
#include <string.h>

#include "say.h"

static int down(int depth) {
    volatile char frame[1000000];
    memset((char *)frame, depth, sizeof frame);
    return depth < 0 ? 0 : down(depth + 1) + frame[depth % 1000000];
}

int main(void) {
    return down(0);
}
