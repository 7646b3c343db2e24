// Tries to allocate and free memory for ever.
#include <stdlib.h>

#include "say.h"

int main(void) {
    for (unsigned size = 1;; size = size * 7 % 65521) {
        char *volatile block = malloc(size);
        if (!block) abort();
        free(block);
    }
}
