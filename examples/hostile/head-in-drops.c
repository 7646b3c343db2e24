// Tries to write a header block, a byte every few milliseconds.
#include <time.h>

#include "say.h"

int main(void) {
    say("X-Slow: ");
    for (;;) {
        say("a");
        const struct timespec moment = {0, 20000000};
        nanosleep(&moment, NULL);
    }
}
