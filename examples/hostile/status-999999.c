// Tries to answer with status 999999.
#include "say.h"

int main(void) {
    say("Status: 999999 Too Good\nContent-Type: text/plain\n\n");
}
