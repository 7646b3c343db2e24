// Tries to promise a gigabyte and end.
#include "say.h"

int main(void) {
    say("Content-Type: text/plain\nContent-Length: 1000000000\n\nthat is all");
}
