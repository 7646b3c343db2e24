// Tries to print a number a gigabyte wide.
#include <stdio.h>

#include "say.h"

int main(void) {
    puts("Content-Type: text/plain\n");
    printf("%1000000000d", 1);
}
