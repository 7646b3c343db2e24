// Tries to print for ever.
#include <stdio.h>

#include "say.h"

int main(void) {
    puts("Content-Type: text/plain\n");
    for (long i = 0;; i++) printf("%ld: all work and no play makes Jack a dull boy\n", i);
}
