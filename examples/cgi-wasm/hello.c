/* The smallest guest: a header block, an empty line, a body. */
#include <stdio.h>

int main(void) {
    puts("Content-Type: text/plain");
    puts("");
    puts("Hello world");
    return 0;
}
