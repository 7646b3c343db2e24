// Tries to put a second field behind a bare carriage return.
#include "say.h"

int main(void) {
    say("Content-Type: text/plain\nX-One: 1\rSet-Cookie: stolen=1\n\n");
}
