// Tries to write over the end of a buffer, and on.
#include "say.h"

int main(void) {
    char buffer[16];
    for (volatile char *at = buffer;; at++) *at = 'A';
}
