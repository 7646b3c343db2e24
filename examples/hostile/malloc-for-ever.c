// Tries to allocate memory until there is none, and write to it.
#include <stdlib.h>
#include <string.h>

#include "say.h"

int main(void) {
    for (;;) {
        char *volatile block = malloc(100000);
        if (!block) abort();
        memset(block, 1, 100000);
    }
}
