// Tries to write a byte of a body every few milliseconds.
#include <time.h>

#include "say.h"

int main(void) {
    say("Content-Type: text/plain\n\n");
    for (;;) {
        say(".");
        const struct timespec moment = {0, 20000000};
        nanosleep(&moment, NULL);
    }
}
