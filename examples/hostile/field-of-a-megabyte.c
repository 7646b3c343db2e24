// Tries to answer with a field of a megabyte.
#include "say.h"

int main(void) {
    say("Content-Type: text/plain\nX-Field: ");
    for (int i = 0; i < 10000; i++) {
        say("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    }
    say("\n\n");
}
