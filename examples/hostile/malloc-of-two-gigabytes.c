// Tries to allocate two gigabytes.
#include <stdlib.h>

#include "say.h"

int main(void) {
    char *volatile block = malloc(2000000000);
    answer("blocks", block ? 1 : 0);
}
