// Tries to answer with ten thousand fields.
#include "say.h"

int main(void) {
    for (int i = 0; i < 10000; i++) say("X-Field: value\n");
    say("Content-Type: text/plain\n\n");
}
